/** A button with a menu of things to do. */
import { Ellipsis } from 'lucide-react';
import { type ReactNode, useId, useRef, useState } from 'react';
import { Button } from './Button.tsx';
import styles from './MenuButton.module.css';
import { placeBelow } from './placeBelow.ts';

export interface MenuItem {
  readonly icon: ReactNode;
  readonly label: string;
  readonly act: () => void;
}

interface Props {
  readonly label: string;
  /** Asked for when the menu opens. */
  readonly items: () => readonly MenuItem[];
  readonly look?: 'plain' | 'quiet';
}

export function MenuButton({ label, items, look = 'plain' }: Props) {
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const menu = useRef<HTMLDivElement>(null);
  const [shown, setShown] = useState<readonly MenuItem[]>([]);
  return (
    <>
      <Button
        ref={button}
        look={look}
        popoverTarget={id}
        aria-label={label}
        icon={<Ellipsis size={16} aria-hidden="true" />}
      />
      <div
        ref={menu}
        id={id}
        popover="auto"
        className={styles.menu}
        onBeforeToggle={(event) => {
          if (event.newState === 'open') setShown(items());
        }}
        onToggle={(event) => {
          if (event.newState === 'open' && button.current) placeBelow(event.currentTarget, button.current);
        }}
      >
        {shown.map(({ icon, label: text, act }) => (
          <button
            key={text}
            type="button"
            onClick={() => {
              menu.current?.hidePopover();
              act();
            }}
          >
            {icon} {text}
          </button>
        ))}
      </div>
    </>
  );
}
