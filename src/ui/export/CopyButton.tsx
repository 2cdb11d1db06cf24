import { Check, Copy } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../components/Button.tsx';
import { alertStore, announce } from '../notices.ts';

/** Puts a text on the clipboard and says so. */
export function CopyButton({ what, text }: { readonly what: string; readonly text: string }) {
  const [copied, setCopied] = useState<string | null>(null);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setCopied(text);
      announce('Copied.');
    } catch {
      alertStore.set('This browser does not let the page use the clipboard. Select the text and copy it by hand.');
    }
  };
  const isCopied = copied === text;
  const Icon = isCopied ? Check : Copy;
  return (
    <Button icon={<Icon size={14} aria-hidden="true" />} onClick={() => void copy()}>
      {isCopied ? 'Copied' : `Copy ${what}`}
    </Button>
  );
}
