import { Copy } from 'lucide-react';
import { useRef, useState } from 'react';
import type { LogEntry } from '../../trainer/run.ts';
import { useRun } from '../charts/chartContext.ts';
import { Button } from '../components/Button.tsx';
import { Segmented } from '../components/Segmented.tsx';
import { duration } from '../format.ts';
import { alertStore, announce, messageOf } from '../notices.ts';
import styles from './panels.module.css';
import { useRefresh } from './useRefresh.ts';

const filters = [
  { value: 'all', label: 'All' },
  { value: 'problems', label: 'Problems' },
] as const;

async function copy(lines: readonly LogEntry[]): Promise<void> {
  try {
    await navigator.clipboard.writeText(
      lines.map(({ seconds, level, message }) => `${duration(seconds)} ${level} ${message}\n`).join(''),
    );
    announce('Log copied.');
  } catch (error) {
    alertStore.set(`The log was not copied: ${messageOf(error)}`);
  }
}

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
          <Button look="quiet" aria-label="Copy the log" onClick={() => void copy(lines)}>
            <Copy size={14} aria-hidden="true" />
          </Button>
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
