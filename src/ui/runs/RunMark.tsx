import { lookOfColour } from './runFacts.ts';

/** A piece of a run's line. */
export function RunMark({ colour }: { readonly colour: number }) {
  const { stroke, dash } = lookOfColour(colour);
  return (
    <svg width="24" height="10" aria-hidden="true">
      <path d="M1 5h22" stroke={stroke} strokeDasharray={dash} strokeWidth="3" />
    </svg>
  );
}
