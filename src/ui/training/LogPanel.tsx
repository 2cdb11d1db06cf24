import { useRef, useState } from 'react';
import type { LogEntry } from '../../trainer/run.ts';
import { useRun } from '../charts/chartContext.ts';
import { CopyButton } from '../components/CopyButton.tsx';
import { Segmented } from '../components/Segmented.tsx';
import { duration } from '../format.ts';
import styles from './panels.module.css';
import { useRefresh } from './useRefresh.ts';

const filters = [
  { value: 'all', label: 'All' },
  { value: 'problems', label: 'Problems' },
] as const;

const textOf = (lines: readonly LogEntry[]): string =>
  lines.map(({ seconds, level, message }) => `${duration(seconds)} ${level} ${message}\n`).join('');

/** The newest lines are on top; the page shows so many, the record keeps all. */
const maxLines = 200;

export function LogPanel() {
  const { agent } = useRun();
  const element = useRef<HTMLElement>(null);
  const [filter, setFilter] = useState<(typeof filters)[number]['value']>('all');
  useRefresh(element);
  const { log } = agent.record;
  const lines = log.map((entry, i) => ({ ...entry, i })).filter(({ level }) => filter === 'all' || level !== 'info');
  return (
    <section ref={element} className={styles.panel} aria-label="Log">
      <div className={styles.head}>
        <h2>Log</h2>
        <div className={styles.controls}>
          <Segmented label="Lines" options={filters} value={filter} onChange={setFilter} />
          <CopyButton label="Copy the log" isIconOnly text={() => textOf(lines)} />
        </div>
      </div>
      <ol className={styles.log}>
        {lines
          .slice(-maxLines)
          .reverse()
          .map(({ i, seconds, level, message }) => (
            <li key={i} data-level={level}>
              <time>{duration(seconds)}</time>
              <span>
                {level !== 'info' && <span className="visually-hidden">{level}: </span>}
                {message}
              </span>
            </li>
          ))}
      </ol>
    </section>
  );
}
