/**
 * The whole budget as an axis, filled to now. A dot stands where the policy was evaluated, a tick where weights were kept or a setting was
 * changed, a gap where the run was resumed.
 */
import { type PointerEvent, useRef } from 'react';
import { specOf } from '../../config/hyperparameters.ts';
import { formatNumber } from '../../config/parse.ts';
import type { SettingChange } from '../../trainer/run.ts';
import { chartViewStore, showFrames, useRun } from '../charts/chartContext.ts';
import { niceDomain } from '../charts/niceTicks.ts';
import { compact, tickLabel, whole } from '../format.ts';
import { useStore } from '../store.ts';
import styles from './RunRuler.module.css';
import { useRefresh } from './useRefresh.ts';

/** A shorter one, as a share of the ruler, was meant as a click. */
const shortestDrag = 0.01;

export function RunRuler() {
  const { agent, hyperparameters, stored } = useRun();
  const element = useRef<HTMLDivElement>(null);
  useRefresh(element);
  const budget = hyperparameters.numTrainSteps;
  const { frames, evaluations, breaks, changes } = agent.record;
  const percent = (at: number) => `${Math.min(100, (100 * at) / budget)}%`;
  return (
    <div ref={element} className={styles.ruler}>
      <RangePicker budget={budget} />
      <div
        className={styles.track}
        role="progressbar"
        aria-label="Progress of the run"
        aria-valuemin={0}
        aria-valuemax={budget}
        aria-valuenow={Math.min(frames, budget)}
        aria-valuetext={`${whole(frames)} of ${whole(budget)} env steps`}
      >
        <div className={styles.rail} />
        <div className={styles.done} style={{ width: percent(frames) }} />
        {breaks.map((at) => (
          <div key={at} className={styles.break} style={{ left: percent(at) }} title={`Resumed at ${compact(at)}`} />
        ))}
        {(stored ? stored.weights.filter(({ kind }) => kind === 'saved') : agent.record.savedWeights).map((saved) => (
          <div key={saved.frames} className={styles.saved} style={{ left: percent(saved.frames) }} />
        ))}
        {evaluations.map((evaluation) => (
          <div
            key={`${evaluation.policyVersion} ${evaluation.episodes}`}
            className={styles.evaluation}
            style={{ left: percent(evaluation.frames) }}
          />
        ))}
        {changes.map((change, i) => (
          <div
            // biome-ignore lint/suspicious/noArrayIndexKey: changes are only ever added
            key={i}
            className={styles.change}
            style={{ left: percent(change.frames) }}
            title={sentenceOf(change)}
          />
        ))}
        <svg className={styles.now} style={{ left: percent(frames) }} viewBox="0 0 9 16" aria-hidden="true">
          <path d="M0 0h9l-4 6v10h-1v-10z" fill="var(--ink)" />
        </svg>
      </div>
      <RulerLabels budget={budget} />
    </div>
  );
}

const sentenceOf = ({ name, from, to, frames }: SettingChange): string =>
  `${specOf(name).label} ${formatNumber(from)} → ${formatNumber(to)} at step ${whole(frames)}`;

/** A drag along the ruler shows that part of the run in all charts; a click, a tenth of it around the pointer. */
function RangePicker({ budget }: { readonly budget: number }) {
  const { range, axis } = useStore(chartViewStore);
  const begin = useRef<number | null>(null);
  const at = (event: PointerEvent<HTMLElement>): number => {
    const { left, width } = event.currentTarget.getBoundingClientRect();
    return Math.min(1, Math.max(0, (event.clientX - left) / width)) * budget;
  };
  return (
    <div
      className={styles.picker}
      title="Drag to look at a part of the run"
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        begin.current = at(event);
      }}
      onPointerMove={(event) => {
        if (begin.current === null) return;
        const [from, to] = [begin.current, at(event)].sort((a, b) => a - b) as [number, number];
        if (to - from >= shortestDrag * budget) showFrames([Math.round(from), Math.round(to)]);
      }}
      onPointerUp={(event) => {
        const end = at(event);
        if (begin.current !== null && Math.abs(end - begin.current) < shortestDrag * budget) {
          showFrames([Math.round(Math.max(0, end - budget / 20)), Math.round(Math.min(budget, end + budget / 20))]);
        }
        begin.current = null;
      }}
      onPointerCancel={() => {
        begin.current = null;
      }}
    >
      {range && axis === 'frames' && (
        <div
          className={styles.range}
          style={{ left: `${(100 * range[0]) / budget}%`, width: `${(100 * (range[1] - range[0])) / budget}%` }}
        />
      )}
    </div>
  );
}

function RulerLabels({ budget }: { readonly budget: number }) {
  const { ticks, step } = niceDomain(0, budget, 6);
  return (
    <div className={styles.labels} aria-hidden="true">
      {ticks
        .filter((tick) => tick < budget * 0.93)
        .map((tick) => (
          <span key={tick} data-late={tick > budget * 0.75} style={{ left: `${(100 * tick) / budget}%` }}>
            {tickLabel(tick, step)}
          </span>
        ))}
      <span data-end="true">{compact(budget)} steps</span>
    </div>
  );
}
