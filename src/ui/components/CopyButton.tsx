import { Check, Copy, type LucideIcon } from 'lucide-react';
import { useState } from 'react';
import { copyText } from '../copyText.ts';
import { Button } from './Button.tsx';

interface Props {
  readonly label: string;
  /** Asked for when the button is pressed. */
  readonly text: () => string;
  readonly icon?: LucideIcon;
  /** The label is then its name alone. */
  readonly isIconOnly?: boolean;
}

/** Puts a text on the clipboard and says so for a moment. */
export function CopyButton({ label, text, icon = Copy, isIconOnly = false }: Props) {
  const [isCopied, setIsCopied] = useState(false);
  const copy = async () => {
    if (!(await copyText(text()))) return;
    setIsCopied(true);
    setTimeout(() => setIsCopied(false), 2000);
  };
  const Icon = isCopied ? Check : icon;
  return (
    <Button
      look={isIconOnly ? 'quiet' : 'plain'}
      aria-label={isIconOnly ? label : undefined}
      icon={<Icon size={14} aria-hidden="true" />}
      onClick={() => void copy()}
    >
      {!isIconOnly && (isCopied ? 'Copied' : label)}
    </Button>
  );
}
