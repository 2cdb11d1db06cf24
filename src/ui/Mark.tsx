/** The mark of the project: a leap along a rising curve. The same drawing as public/icon.svg. */
export function Mark() {
  return (
    <svg
      width="22"
      height="22"
      viewBox="0 0 32 32"
      fill="none"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      <path stroke="var(--ink)" strokeWidth="2" d="M4 4v24h24" />
      <path
        stroke="var(--accent)"
        strokeWidth="3"
        d="M8 23c2.4 0 3.1-7 5.6-7 2.2 0 2 4.5 4.2 4.5 3.6 0 4.2-11.5 8.200-13"
      />
      <circle fill="var(--s2)" cx="26.4" cy="7.2" r="3.1" />
    </svg>
  );
}
