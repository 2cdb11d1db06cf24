/** A button with a menu of things to do. */
import { Check, Ellipsis } from 'lucide-react';
import { type ReactNode, useId, useLayoutEffect, useRef, useState } from 'react';
import { alertStore, messageOf } from '../notices.ts';
import { Button } from './Button.tsx';
import styles from './MenuButton.module.css';
import { placeBelow } from './placeBelow.ts';

export interface MenuItem {
  readonly icon: ReactNode;
  readonly label: string;
  readonly act: () => void;
  /** Of one that switches something on and off. */
  readonly isOn?: boolean;
  /** A line is drawn above it. */
  readonly beginsGroup?: boolean;
}

interface Props {
  /** Its name where it has no text. */
  readonly label: string;
  /** Asked for when the menu opens; some have to be loaded first. */
  readonly items: () => readonly MenuItem[] | Promise<readonly MenuItem[]>;
  readonly look?: 'plain' | 'quiet';
  readonly className?: string | undefined;
  readonly icon?: ReactNode;
  readonly text?: string;
}

export function MenuButton({ label, items, look = 'plain', className, icon, text }: Props) {
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const menu = useRef<HTMLDivElement>(null);
  const [shown, setShown] = useState<readonly MenuItem[]>([]);
  // Items that were loaded make an open menu larger.
  useLayoutEffect(() => {
    if (shown.length > 0 && menu.current?.matches(':popover-open')) placeBelow(menu.current, button.current!);
  }, [shown]);
  const open = () => {
    const asked = items();
    if ('then' in asked) asked.then(setShown, (error: unknown) => alertStore.set(messageOf(error)));
    else setShown(asked);
  };
  return (
    <>
      <Button
        ref={button}
        look={look}
        className={className}
        popoverTarget={id}
        data-menu=""
        aria-label={text ? undefined : label}
        icon={icon ?? <Ellipsis size={16} aria-hidden="true" />}
      >
        {text}
      </Button>
      <div
        ref={menu}
        id={id}
        popover="auto"
        className={styles.menu}
        onBeforeToggle={(event) => {
          if (event.newState === 'open') open();
        }}
        onToggle={(event) => {
          if (event.newState === 'open' && button.current) placeBelow(event.currentTarget, button.current);
        }}
      >
        {shown.map((item) => (
          <button
            key={item.label}
            type="button"
            aria-pressed={item.isOn}
            data-begins-group={item.beginsGroup}
            onClick={() => {
              menu.current?.hidePopover();
              item.act();
            }}
          >
            {item.isOn ? <Check size={14} aria-hidden="true" /> : item.icon} {item.label}
          </button>
        ))}
      </div>
    </>
  );
}
