import { useRef } from 'react';
import { resolveAutomatic } from '../../config/derivedSizes.ts';
import { useRun } from '../charts/chartContext.ts';
import { Help } from '../components/Help.tsx';
import { machine } from '../setup/machine.ts';
import styles from './Kpis.module.css';
import { kpisOf } from './kpis.ts';
import { useRefresh } from './useRefresh.ts';

export function Kpis() {
  const { agent, hyperparameters } = useRun();
  const element = useRef<HTMLDListElement>(null);
  useRefresh(element);
  const h = resolveAutomatic(hyperparameters, machine);
  return (
    <dl ref={element} className={styles.kpis}>
      {kpisOf(agent.record, h, machine.hardwareConcurrency).map((kpi) => (
        <div key={kpi.label} className={styles.kpi}>
          <dt className={styles.label}>{kpi.label}</dt>
          {kpi.bottleneck && (
            <dd className={styles.tag}>
              {kpi.bottleneck.label}
              <Help about="the bottleneck">{kpi.bottleneck.advice}</Help>
            </dd>
          )}
          <dd className={styles.number}>
            {kpi.value} <small>{kpi.unit}</small>
          </dd>
          <dd className={styles.detail}>{kpi.detail}</dd>
          {!kpi.bottleneck && (
            <dd>
              <Spark values={kpi.spark} />
            </dd>
          )}
        </div>
      ))}
    </dl>
  );
}

const [sparkWidth, sparkHeight] = [52, 16];

function Spark({ values }: { readonly values: readonly number[] }) {
  if (values.length < 2) return null;
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const x = (i: number) => (i * sparkWidth) / (values.length - 1);
  const y = (value: number) =>
    high === low ? sparkHeight / 2 : 1 + ((high - value) / (high - low)) * (sparkHeight - 2);
  const points = values.map((value, i) => `${x(i).toFixed(1)},${y(value).toFixed(1)}`).join(' ');
  return (
    <svg className={styles.spark} viewBox={`0 0 ${sparkWidth} ${sparkHeight}`} aria-hidden="true">
      <polyline points={points} fill="none" stroke="var(--s1)" strokeWidth={1.3} strokeLinejoin="round" />
    </svg>
  );
}
