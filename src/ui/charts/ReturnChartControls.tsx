import { FastForward } from 'lucide-react';
import type { CSSProperties } from 'react';
import { Button } from '../components/Button.tsx';
import { Segmented } from '../components/Segmented.tsx';
import { fixed, whole } from '../format.ts';
import { useStore } from '../store.ts';
import { chartViewStore, showFrames } from './chartContext.ts';
import styles from './charts.module.css';
import { axisKinds } from './runSeries.ts';
import { halfLife, sliderPositionOf, smoothingAt } from './smoothing.ts';

export function ReturnChartControls() {
  const { axis, smoothing } = useStore(chartViewStore);
  const position = sliderPositionOf(smoothing);
  const text = smoothing === 0 ? 'off' : `${fixed(smoothing, 3)}, half-life ${whole(halfLife(smoothing))} ep.`;
  return (
    <div className={styles.controls}>
      <label className={styles.smoothing}>
        Smoothing
        <input
          type="range"
          min={0}
          max={1}
          step={0.01}
          value={position}
          aria-valuetext={text}
          style={{ '--fill': `${100 * position}%` } as CSSProperties}
          onChange={(event) => {
            const next = smoothingAt(event.currentTarget.valueAsNumber);
            chartViewStore.update((view) => ({ ...view, smoothing: next }));
          }}
        />
        <output>{text}</output>
      </label>
      <Segmented
        label="Horizontal axis"
        options={axisKinds}
        value={axis}
        onChange={(next) => chartViewStore.update((view) => ({ ...view, axis: next, range: null }))}
      />
    </div>
  );
}

/** Only while a part of the run is looked at. */
export function FollowButton() {
  const { range } = useStore(chartViewStore);
  if (!range) return null;
  return (
    <Button
      className={styles.follow}
      icon={<FastForward size={14} aria-hidden="true" />}
      onClick={() => showFrames(null)}
    >
      Follow the run
    </Button>
  );
}
