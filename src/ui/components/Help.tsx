import { Info } from 'lucide-react';
import { type ReactNode, type RefObject, type ToggleEvent, useId, useRef } from 'react';
import styles from './Help.module.css';
import { placeBelow } from './placeBelow.ts';

interface Props {
  /** What is explained. */
  readonly about: string;
  /** Given the explanation, for others that open it. */
  readonly popover?: RefObject<HTMLDivElement | null>;
  readonly children: ReactNode;
}

/** An ⓘ that opens an explanation. Escape and a click elsewhere close it. */
export function Help({ about, popover, children }: Props) {
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const place = (event: ToggleEvent<HTMLDivElement>) => {
    if (event.newState === 'open' && button.current) placeBelow(event.currentTarget, button.current);
  };
  return (
    <>
      <button ref={button} type="button" className={styles.button} popoverTarget={id} aria-label={`About ${about}`}>
        <Info size={13} aria-hidden="true" />
      </button>
      <div ref={popover} id={id} popover="auto" className={styles.popover} onToggle={place}>
        {children}
      </div>
    </>
  );
}
