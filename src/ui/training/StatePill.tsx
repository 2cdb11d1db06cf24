import type { RunState } from '../../trainer/run.ts';
import styles from './RunHeader.module.css';

interface Look {
  /** A shape, so that the state does not hang on a colour. */
  readonly sign: string;
  readonly word: string;
  readonly tone: 'ok' | 'warn' | 'bad' | 'quiet';
}

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

export function StatePill({ state }: { readonly state: RunState }) {
  const { sign, word, tone } = lookOf(state);
  return (
    <span className={styles.pill} data-tone={tone}>
      <span aria-hidden="true">{sign}</span> {word}
    </span>
  );
}
