/** The whole budget as an axis, filled to now; a dot stands where the policy was evaluated. */
import { useRef } from 'react';
import { useRun } from '../charts/chartContext.ts';
import { niceDomain } from '../charts/niceTicks.ts';
import { compact, tickLabel, whole } from '../format.ts';
import styles from './RunRuler.module.css';
import { useRefresh } from './useRefresh.ts';

export function RunRuler() {
  const { agent, hyperparameters } = useRun();
  const element = useRef<HTMLDivElement>(null);
  useRefresh(element);
  const budget = hyperparameters.numTrainSteps;
  const { frames, evaluations } = agent.record;
  const percent = (at: number) => `${Math.min(100, (100 * at) / budget)}%`;
  return (
    <div ref={element} className={styles.ruler}>
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
        {evaluations.map((evaluation) => (
          <div
            key={`${evaluation.policyVersion} ${evaluation.episodes}`}
            className={styles.evaluation}
            style={{ left: percent(evaluation.frames) }}
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

function RulerLabels({ budget }: { readonly budget: number }) {
  const { ticks, step } = niceDomain(0, budget, 6);
  return (
    <div className={styles.labels} aria-hidden="true">
      {ticks
        .filter((tick) => tick < budget * 0.93)
        .map((tick) => (
          <span key={tick} style={{ left: `${(100 * tick) / budget}%` }}>
            {tickLabel(tick, step)}
          </span>
        ))}
      <span data-end="true">{compact(budget)} steps</span>
    </div>
  );
}
