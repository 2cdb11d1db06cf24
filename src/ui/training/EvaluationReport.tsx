/** What greedy episodes with the weights of a file came to. Shown in place of curves where nothing was trained. */
import { Play } from 'lucide-react';
import { useRef } from 'react';
import type { Evaluation } from '../../trainer/run.ts';
import { useRun } from '../charts/chartContext.ts';
import { Button } from '../components/Button.tsx';
import { count, fixed, tickLabel } from '../format.ts';
import { evaluationsUnderWay, startRun } from '../runActions.ts';
import { weightsFileStore } from '../setup/initialWeights.ts';
import { useStore } from '../store.ts';
import styles from './EvaluationReport.module.css';
import { histogramOf } from './histogram.ts';
import { useRefresh } from './useRefresh.ts';

export function EvaluationReport() {
  const { agent, hyperparameters, env } = useRun();
  const element = useRef<HTMLElement>(null);
  useRefresh(element);
  const file = useStore(weightsFileStore);
  const isUnderWay = useStore(evaluationsUnderWay) > 0;
  const evaluation = agent.record.evaluations.at(-1);
  return (
    <section ref={element} className={styles.report} aria-label="Evaluation of a file">
      <h2>{file ? file.name : 'Present weights'}</h2>
      {evaluation ? (
        <>
          <Numbers evaluation={evaluation} threshold={env.rewardThreshold} />
          <Histogram returns={evaluation.returns} />
        </>
      ) : (
        <p>
          {isUnderWay ? `Playing ${count(hyperparameters.numFinalEvalEpisodes, 'episode')}…` : 'Not evaluated yet.'}
        </p>
      )}
      <Button
        icon={<Play size={15} aria-hidden="true" />}
        disabled={isUnderWay}
        onClick={() => void startRun(hyperparameters, file)}
      >
        Train on from these weights
      </Button>
    </section>
  );
}

function Numbers({ evaluation, threshold }: { readonly evaluation: Evaluation; readonly threshold: number | null }) {
  const { iqm, iqmCi95, mean, std, min, max, episodes, returns } = evaluation;
  const solved = threshold === null ? 0 : returns.filter((value) => value >= threshold).length;
  return (
    <>
      <p className={styles.headline}>
        <b>{fixed(iqm, 1)}</b> interquartile mean of {count(episodes, 'episode')}, 95 % interval {fixed(iqmCi95[0], 1)}{' '}
        to {fixed(iqmCi95[1], 1)}
      </p>
      <dl className={styles.numbers}>
        <div>
          <dt>Mean ± std</dt>
          <dd>
            {fixed(mean, 1)} ± {fixed(std, 1)}
          </dd>
        </div>
        <div>
          <dt>Lowest, highest</dt>
          <dd>
            {fixed(min, 1)}, {fixed(max, 1)}
          </dd>
        </div>
        {threshold !== null && (
          <div>
            <dt>At {threshold} or above</dt>
            <dd>{fixed((100 * solved) / episodes, 0)} %</dd>
          </div>
        )}
      </dl>
    </>
  );
}

const [width, height, base] = [760, 220, 196];

function Histogram({ returns }: { readonly returns: readonly number[] }) {
  const bins = histogramOf(returns, 24);
  const highest = Math.max(...bins.map((bin) => bin.count));
  const slot = width / bins.length;
  return (
    <figure aria-label="Histogram of returns">
      <svg className={styles.histogram} viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
        <path d={`M0 ${base + 0.5}H${width}`} stroke="var(--rule-2)" />
        {bins.map((bin, i) => {
          const barHeight = (bin.count / highest) * (base - 20);
          return (
            <g key={bin.from}>
              <rect x={i * slot + 1} y={base - barHeight} width={slot - 2} height={barHeight} fill="var(--s2)" />
              {bin.count > 0 && (
                <text
                  x={(i + 0.5) * slot}
                  y={base - barHeight - 5}
                  textAnchor="middle"
                  fontSize={11}
                  fill="var(--ink-2)"
                >
                  {bin.count}
                </text>
              )}
              {i % Math.ceil(bins.length / 10) === 0 && (
                <text
                  x={i * slot}
                  y={height - 7}
                  textAnchor={i === 0 ? 'start' : 'middle'}
                  fontSize={11}
                  fill="var(--ink-3)"
                >
                  {tickLabel(bin.from, bin.to - bin.from)}
                </text>
              )}
            </g>
          );
        })}
      </svg>
      <figcaption>Episodes by their return</figcaption>
    </figure>
  );
}
