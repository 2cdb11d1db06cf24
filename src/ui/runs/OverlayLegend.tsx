import { Eye, EyeOff } from 'lucide-react';
import { Button } from '../components/Button.tsx';
import { compact, fixed } from '../format.ts';
import { type Store, useStore } from '../store.ts';
import styles from './CompareView.module.css';
import { valueAt } from './compareCurves.ts';
import type { OverlayLine } from './overlayLines.ts';
import { RunMark } from './RunMark.tsx';

interface Props {
  readonly lines: readonly OverlayLine[];
  readonly hidden: ReadonlySet<string>;
  readonly onHide: (hidden: ReadonlySet<string>) => void;
  readonly onMark: (id: string | null) => void;
  /** The step to read the lines at, or null. */
  readonly reading: Store<number | null>;
  /** Env steps at the end of the longest line. */
  readonly end: number;
}

/** The lines by name, with their values under the pointer; each can be hidden, or shown alone. */
export function OverlayLegend({ lines, hidden, onHide, onMark, reading, end }: Props) {
  const at = useStore(reading);
  const toggle = (id: string) => {
    const changed = new Set(hidden);
    if (!changed.delete(id)) changed.add(id);
    onHide(changed);
  };
  const isAlone = (id: string) => !hidden.has(id) && hidden.size === lines.length - 1;
  const solo = (id: string) =>
    onHide(new Set(isAlone(id) ? [] : lines.map((line) => line.id).filter((other) => other !== id)));
  return (
    <figcaption>
      <p className={styles.reading}>
        {at === null ? `At the end, ${compact(end)} env steps at most` : `At step ${compact(at)}`}
      </p>
      <ul className={styles.legend} aria-label="Legend">
        {lines.map((line) => {
          const isHidden = hidden.has(line.id);
          const value = valueAt(line.points, at ?? Number.POSITIVE_INFINITY);
          return (
            <li key={line.id} onPointerEnter={() => onMark(line.id)} onPointerLeave={() => onMark(null)}>
              <Button
                look="quiet"
                aria-pressed={!isHidden}
                aria-label={`Show ${line.label}`}
                icon={isHidden ? <EyeOff size={14} aria-hidden="true" /> : <Eye size={14} aria-hidden="true" />}
                onFocus={() => onMark(line.id)}
                onBlur={() => onMark(null)}
                onClick={() => toggle(line.id)}
              />
              <RunMark colour={line.colour} />
              <span data-hidden={isHidden}>{line.label}</span>
              <b>{fixed(value, 1)}</b>
              {lines.length > 1 && (
                <Button
                  look="quiet"
                  aria-label={`Show only ${line.label}`}
                  aria-pressed={isAlone(line.id)}
                  onClick={() => solo(line.id)}
                >
                  only
                </Button>
              )}
            </li>
          );
        })}
      </ul>
    </figcaption>
  );
}
