import type { RunStatus } from '../../runs/RunStore.ts';
import type { RunState } from '../../trainer/run.ts';
import { type Look, statusLook } from '../runs/statusLook.ts';
import styles from './RunHeader.module.css';

function lookOf(state: RunState): Look {
  switch (state.status) {
    case 'idle':
      return { sign: '○', word: 'Not training', tone: 'quiet' };
    case 'starting':
      return { sign: '◌', word: `Starting: ${state.phase}`, tone: 'quiet' };
    case 'training':
      return { sign: '●', word: 'Training', tone: 'ok' };
    case 'pausing':
      return { sign: '❚❚', word: 'Pausing', tone: 'warn' };
    case 'paused':
      return { sign: '❚❚', word: 'Paused', tone: 'warn' };
    case 'stopping':
      return { sign: '■', word: 'Stopping', tone: 'quiet' };
    case 'evaluating':
      return { sign: '◇', word: 'Evaluating', tone: 'warn' };
    case 'finished':
      return state.stopped ? { sign: '■', word: 'Stopped', tone: 'quiet' } : { sign: '✓', word: 'Done', tone: 'ok' };
    case 'failed':
      return { sign: '⚠\uFE0E', word: 'Failed', tone: 'bad' };
  }
}

export const StatePill = ({ state }: { readonly state: RunState }) => <Pill {...lookOf(state)} />;

/** The same for a stored run. */
export const StatusPill = ({ status }: { readonly status: RunStatus }) => <Pill {...statusLook[status]} />;

function Pill({ sign, word, tone }: Look) {
  return (
    <span className={styles.pill} data-tone={tone}>
      <span aria-hidden="true">{sign}</span> {word}
    </span>
  );
}
