/** What became of a run, beside its weights: of the present one as it is in memory, of others as they are stored. */
import type { Hyperparameters } from '../../config/hyperparameters.ts';
import { runStore } from '../../runs/BrowserRunStore.ts';
import { runStatusOf, type StoredRun } from '../../runs/RunStore.ts';
import { storedRecord } from '../../runs/storedRecord.ts';
import type { Agent, Evaluation, RunRecord } from '../../trainer/run.ts';
import type { RunWeights } from '../runs/runWeights.ts';
import type { ExportFile } from './exportFile.ts';
import { presentFiles, storedFiles } from './keptFiles.ts';

export interface RunOutcome {
  /** When the run began, milliseconds since 1970. */
  readonly createdAt: number;
  readonly record: RunRecord;
  readonly evaluations: readonly Evaluation[];
  readonly facts: RunFacts;
  /** All weights and the checkpoint that are kept of the run. */
  readonly keptFiles: readonly ExportFile[];
}

const factNames = [
  'name',
  'note',
  'status',
  'reason',
  'algorithm',
  'createdAt',
  'updatedAt',
  'frames',
  'updates',
  'seconds',
  'numEpisodes',
  'engine',
  'changes',
  'breaks',
  'log',
] as const satisfies readonly (keyof StoredRun)[];

type RunFacts = Partial<Pick<StoredRun, (typeof factNames)[number]>>;

/** Rejects, with a sentence to show, if the curves cannot be read. */
export async function outcomeOf(weights: RunWeights, hyperparameters: Hyperparameters): Promise<RunOutcome> {
  const { agent, stored, name } = weights;
  if (agent) return ofAgent(agent, stored, name, hyperparameters);
  if (!stored) throw new Error(`The run "${name}" is neither in memory nor stored.`);
  return {
    createdAt: stored.createdAt,
    record: storedRecord(stored, await runStore.readCurves(stored.id)),
    evaluations: stored.evaluations,
    facts: factsOf(stored),
    keptFiles: storedFiles(stored),
  };
}

function ofAgent(agent: Agent, stored: StoredRun | null, name: string, hyperparameters: Hyperparameters): RunOutcome {
  const { record } = agent;
  const createdAt = stored?.createdAt ?? Date.now() - 1000 * record.seconds;
  return {
    createdAt,
    record,
    evaluations: record.evaluations,
    facts: { ...(stored && factsOf(stored)), ...factsInMemory(agent, name, createdAt) },
    keptFiles: presentFiles(record, hyperparameters, stored),
  };
}

const factsOf = (run: StoredRun): RunFacts => Object.fromEntries(factNames.map((name) => [name, run[name]]));

/** The store writes them a moment later. */
function factsInMemory({ algorithm, state, record }: Agent, name: string, createdAt: number): RunFacts {
  const { frames, updates, seconds, episodes, engine, changes, breaks, log } = record;
  return {
    name,
    status: runStatusOf(state),
    reason: state.status === 'failed' ? state.reason : '',
    algorithm,
    createdAt,
    frames,
    updates,
    seconds,
    numEpisodes: episodes.episodeReturn.length,
    engine,
    changes,
    breaks,
    log,
  };
}
