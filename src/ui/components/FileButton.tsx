import type { LucideIcon } from 'lucide-react';
import { type ReactNode, useRef } from 'react';
import { Button } from './Button.tsx';

interface Props {
  /** Of the field, which can be given the focus. */
  readonly id?: string | undefined;
  /** What the file is, for people who cannot see the button. */
  readonly label: string;
  /** As the attribute of that name: endings and types. */
  readonly accept: string;
  readonly icon: LucideIcon;
  readonly onFile: (file: File) => void;
  readonly children: ReactNode;
}

/** Lets a person choose a file of this computer. */
export function FileButton({ id, label, accept, icon: Icon, onFile, children }: Props) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={input}
        id={id}
        className="visually-hidden"
        type="file"
        accept={accept}
        aria-label={label}
        tabIndex={-1}
        onChange={(event) => {
          const file = event.currentTarget.files?.[0];
          event.currentTarget.value = ''; // So that the same file can be chosen again after it was written anew.
          if (file) onFile(file);
        }}
      />
      <Button icon={<Icon size={14} aria-hidden="true" />} onClick={() => input.current?.click()}>
        {children}
      </Button>
    </>
  );
}
