/** Trains for a few seconds to see how fast a configuration is here. Nothing of it is kept. */
import type { Hyperparameters } from '../config/hyperparameters.ts';
import { ActorLearnerAgent } from './ActorLearnerAgent.ts';
import { type Bottleneck, bottleneckOf, recentLoad } from './bottleneck.ts';
import type { RunRecord } from './run.ts';

export interface DryRun {
  /** Env steps learned from in a second */
  readonly framesPerSecond: number;
  readonly updatesPerSecond: number;
  /** Null where not a single row of metrics was made in time. */
  readonly bottleneck: Bottleneck | null;
}

/** Training to wait for at most before it is told that the configuration is very slow: engines may take long to open. */
const longestMs = 60_000;

/**
 * Rejects with a sentence if the configuration has problems, training fails, or it is ended by the signal.
 * @param seconds of training, not counting the start of the workers
 */
export async function dryRun(h: Hyperparameters, seconds: number, signal: AbortSignal): Promise<DryRun> {
  // Without evaluation and saving; how far it would go does not matter.
  const agent = new ActorLearnerAgent({ ...h, evalInterval: 0, saveInterval: 0 });
  const failure = agent.train().then(
    () => {}, // A budget this small was spent; the record says how fast.
    (error: Error) => {
      throw error;
    },
  );
  try {
    await Promise.race([failure, untilTrained(() => agent.record, agent.subscribe.bind(agent), seconds, signal)]);
    const { frames, updates, seconds: elapsed } = agent.record;
    if (updates === 0) throw new Error('Not one update was made in time. Use a smaller batch, unroll or network.');
    return {
      framesPerSecond: frames / elapsed,
      updatesPerSecond: updates / elapsed,
      bottleneck: bottleneckOf(recentLoad(agent.record), agent.hyperparameters, navigator.hardwareConcurrency),
    };
  } finally {
    failure.catch(() => {}); // Ending it below may make it reject once more.
    agent.dispose();
  }
}

/** Resolves once the record tells of so many seconds of training, or too much time has passed. */
function untilTrained(
  record: () => RunRecord,
  subscribe: (listener: () => void) => () => void,
  seconds: number,
  signal: AbortSignal,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const settle = (act: () => void) => {
      clearTimeout(timer);
      leave();
      act();
    };
    const timer = setTimeout(() => settle(resolve), longestMs);
    const leave = subscribe(() => {
      if (record().seconds >= seconds) settle(resolve);
    });
    signal.addEventListener('abort', () => settle(() => reject(new Error('The dry run was ended.'))), { once: true });
  });
}
