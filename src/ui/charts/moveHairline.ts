import type { KeyboardEvent } from 'react';
import type { Store } from '../store.ts';
import type { PlotDomains } from './scales.ts';

/** Arrow keys move the hairline along the x axis up to `end`, where the data does; Escape puts it away. */
export function moveHairline(
  event: KeyboardEvent,
  hairline: Store<number | null>,
  { from, to }: PlotDomains['x'],
  end: number,
): void {
  const at = hairline.get() ?? end;
  const step = ((to - from) / 100) * (event.shiftKey ? 10 : 1);
  const targets: Record<string, number | null> = {
    ArrowLeft: at - step,
    ArrowRight: at + step,
    Home: from,
    End: end,
    Escape: null,
  };
  const target = targets[event.key];
  // Without a hairline, Escape means what it means to a dialog around the chart.
  if (target === undefined || (target === null && hairline.get() === null)) return;
  event.preventDefault();
  hairline.set(target === null ? null : Math.min(end, Math.max(from, target)));
}
