import { Pin } from 'lucide-react';
import { type HyperparameterName, specOf } from '../../config/hyperparameters.ts';
import type { StoredRun } from '../../runs/RunStore.ts';
import { bytes, compact, count, duration, fixed, whole } from '../format.ts';
import { goTo, hrefOf } from '../routes.ts';
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

export const rowId = (id: string): string => `run-${id}`;

export function RunRow({ run, shown, settings, isSelected }: Props) {
  const select = (withRange: boolean) => {
    const last = cursorStore.get();
    if (withRange && last) selectRange(shown, last, run.id);
    else toggleSelection(run.id);
    cursorStore.set(run.id);
  };
  const isUnfinished = run.status !== 'finished' && run.status !== 'queued';
  return (
    <tr
      id={rowId(run.id)}
      tabIndex={-1}
      data-selected={isSelected}
      onFocus={() => cursorStore.set(run.id)}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && event.target === event.currentTarget) goTo('train', run.id);
      }}
    >
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
      <td data-label="Environment">{run.hyperparameters.env}</td>
      <td data-label="Algorithm">{run.algorithm}</td>
      {settings.map((name) => (
        <td
          key={name}
          data-label={specOf(name).label}
          className={typeof run.hyperparameters[name] === 'number' ? styles.number : undefined}
        >
          {settingText(name, run.hyperparameters)}
        </td>
      ))}
      <td className={styles.number} data-label="Best evaluation">
        <BestEvaluation run={run} />
      </td>
      <td data-label="Return">
        <SparkLine values={run.spark} colour={run.colour} />
      </td>
      <td className={styles.number} data-label="Time">
        {duration(run.seconds)}
      </td>
      <td className={styles.number} data-label="Size">
        {bytes(run.sizeBytes)}
      </td>
      <td className={styles.number} data-label="Begun">
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
