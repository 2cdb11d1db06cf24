/**
 * Where a person points: a line over the plot, and a dot on its curve. Both are layers of the browser's own, moved past React, so that a
 * move of the pointer neither renders a chart nor paints one.
 */
import { useEffect, useRef } from 'react';
import type { Store } from '../store.ts';
import styles from './charts.module.css';
import { pixel, type Scales } from './scales.ts';

interface Props {
  readonly scales: Store<Scales | null>;
  readonly hairline: Store<number | null>;
  /** The value to mark on the curve, or NaN; without it the line has no dot. */
  readonly valueAt?: (x: number) => number;
}

export function Hairline({ scales, hairline, valueAt }: Props) {
  const line = useRef<HTMLDivElement>(null);
  const dot = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const move = () => {
      const now = scales.get();
      const at = hairline.get();
      const x = now && at !== null ? pixel(now.x, at) : Number.NaN;
      const y = now && at !== null && valueAt ? pixel(now.y, valueAt(at)) : Number.NaN;
      const isInside = now !== null && isBetween(x, now.plot.x, now.plot.width);
      place(line.current, isInside ? `translate(${x}px, ${now.plot.y}px) scaleY(${now.plot.height})` : null);
      place(dot.current, isInside && isBetween(y, now.plot.y, now.plot.height) ? `translate(${x}px, ${y}px)` : null);
    };
    move();
    const ends = [hairline.subscribe(move), scales.subscribe(move)];
    return () => {
      for (const end of ends) end();
    };
  }, [scales, hairline, valueAt]);
  return (
    <>
      <div ref={line} className={styles.hairline} hidden />
      {valueAt && <div ref={dot} className={styles.hairlineDot} hidden />}
    </>
  );
}

/** Pixels are compared with room for what was lost in computing them. */
const isBetween = (value: number, from: number, length: number): boolean =>
  value >= from - 0.01 && value <= from + length + 0.01;

function place(element: HTMLElement | null, transform: string | null): void {
  if (!element) return;
  element.hidden = transform === null;
  if (transform !== null) element.style.transform = transform;
}
