import { Pin } from 'lucide-react';
import { useEffect, useRef } from 'react';
import type { HyperparameterName } from '../../config/hyperparameters.ts';
import type { StoredRun } from '../../runs/RunStore.ts';
import { bytes, compact, count, duration, fixed, whole } from '../format.ts';
import { hrefOf } from '../routes.ts';
import { useStore } from '../store.ts';
import { StatusPill } from '../training/StatePill.tsx';
import { dateText } from './dateText.ts';
import { RunMark } from './RunMark.tsx';
import { RunMenu } from './RunMenu.tsx';
import styles from './RunsTable.module.css';
import { bestEvaluation, shareDone } from './runFacts.ts';
import { cursorStore, selectRange, toggleSelection } from './runsView.ts';
import { SparkLine } from './SparkLine.tsx';
import { settingText } from './settingText.ts';

interface Props {
  readonly run: StoredRun;
  /** All rows, in their order. */
  readonly shown: readonly StoredRun[];
  readonly settings: readonly HyperparameterName[];
  readonly isSelected: boolean;
}

export function RunRow({ run, shown, settings, isSelected }: Props) {
  const row = useRef<HTMLTableRowElement>(null);
  const isCursor = useStore(cursorStore) === run.id;
  useEffect(() => {
    if (isCursor) row.current?.focus();
  }, [isCursor]);
  const select = (withRange: boolean) => {
    const last = cursorStore.get();
    if (withRange && last) selectRange(shown, last, run.id);
    else toggleSelection(run.id);
    cursorStore.set(run.id);
  };
  const isUnfinished = run.status !== 'finished' && run.status !== 'queued';
  return (
    <tr ref={row} tabIndex={-1} data-selected={isSelected} data-run={run.id} onFocus={() => cursorStore.set(run.id)}>
      <td className={styles.check}>
        <label className={styles.target}>
          <input
            type="checkbox"
            checked={isSelected}
            aria-label={`Mark ${run.name}`}
            onChange={(event) => select((event.nativeEvent as MouseEvent).shiftKey)}
          />
        </label>
      </td>
      <td>
        <span className={styles.name}>
          <RunMark colour={run.colour} />
          <a href={hrefOf('train', run.id)}>{run.name}</a>
          {run.isPinned && <Pin size={12} role="img" aria-label="pinned" />}
        </span>
        {run.note && <span className={styles.note}>{run.note}</span>}
      </td>
      <td>
        <StatusPill status={run.status} /> {isUnfinished && <small>{whole(100 * shareDone(run))} %</small>}
      </td>
      <td>{run.hyperparameters.env}</td>
      <td>{run.algorithm}</td>
      {settings.map((name) => (
        <td key={name} className={typeof run.hyperparameters[name] === 'number' ? styles.number : undefined}>
          {settingText(name, run.hyperparameters)}
        </td>
      ))}
      <td className={styles.number}>
        <BestEvaluation run={run} />
      </td>
      <td>
        <SparkLine values={run.spark} colour={run.colour} />
      </td>
      <td className={styles.number}>{duration(run.seconds)}</td>
      <td className={styles.number}>{bytes(run.sizeBytes)}</td>
      <td className={styles.number}>
        <time dateTime={new Date(run.createdAt).toISOString()}>{dateText(run.createdAt, Date.now())}</time>
      </td>
      <td>
        <RunMenu run={run} />
      </td>
    </tr>
  );
}

function BestEvaluation({ run }: { readonly run: StoredRun }) {
  const best = bestEvaluation(run);
  if (!best) return <small>–</small>;
  const title = `Interquartile mean of ${count(best.episodes, 'episode')} at ${compact(best.frames)} env steps`;
  return (
    <span title={title}>
      <b>{fixed(best.iqm, 1)}</b> <small>IQM</small>
    </span>
  );
}
