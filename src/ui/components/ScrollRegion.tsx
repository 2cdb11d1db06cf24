import type { ReactNode } from 'react';

interface Props {
  readonly label: string;
  readonly className?: string | undefined;
  readonly children: ReactNode;
}

/** A part of the page that scrolls on its own, and can be reached by keys for that: not every browser sees to it. */
export const ScrollRegion = ({ label, className, children }: Props) => (
  // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls needs focus
  <section className={className} aria-label={label} tabIndex={0}>
    {children}
  </section>
);
