import type { RunStatus } from '../../runs/RunStore.ts';

export interface Look {
  /** A shape, so that the state does not hang on a colour. */
  readonly sign: string;
  readonly word: string;
  readonly tone: 'ok' | 'warn' | 'bad' | 'quiet';
}

export const statusLook: Readonly<Record<RunStatus, Look>> = {
  queued: { sign: '◌', word: 'Queued', tone: 'quiet' },
  training: { sign: '●', word: 'Training', tone: 'ok' },
  interrupted: { sign: '◐', word: 'Interrupted', tone: 'warn' },
  finished: { sign: '✓', word: 'Done', tone: 'ok' },
  stopped: { sign: '■', word: 'Stopped', tone: 'quiet' },
  failed: { sign: '⚠\uFE0E', word: 'Failed', tone: 'bad' },
};

/** Runs that can go on: they have a checkpoint, did not come to their end, and no tab trains them. */
export const isResumable = ({
  status,
  checkpoint,
}: {
  readonly status: RunStatus;
  readonly checkpoint: object | null;
}): boolean => checkpoint !== null && ['interrupted', 'stopped', 'failed'].includes(status);
