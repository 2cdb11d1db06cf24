/** Every policy that can be exported: the present run's, and those of stored runs. */
import { useMemo } from 'react';
import { runStore } from '../../runs/BrowserRunStore.ts';
import { runStatusOf, type StoredRun, type WeightsEntry } from '../../runs/RunStore.ts';
import { storedRecord } from '../../runs/storedRecord.ts';
import type { Agent, Evaluation, RunRecord } from '../../trainer/run.ts';
import { currentHyperparameters } from '../../trainer/session.ts';
import { compact } from '../format.ts';
import { keptRunStore, runsStore } from '../runs/runsStore.ts';
import { weightsKinds } from '../runs/weightsKinds.ts';
import { useAgent } from '../session.ts';
import { useStore } from '../store.ts';
import type { ExportFile } from './exportFile.ts';
import { presentFiles, storedFiles } from './keptFiles.ts';

export interface ExportSource {
  readonly id: string;
  /** The run's id where it is stored, its name otherwise. */
  readonly run: string;
  readonly name: string;
  /** Which of its weights. */
  readonly detail: string;
  /** When the run began, milliseconds since 1970. */
  readonly createdAt: number;
  /** Env steps that the weights were learned from. Of present weights, at the time of asking. */
  readonly frames: () => number;
  readonly readWeights: () => Promise<Uint8Array<ArrayBuffer>>;
  readonly readRecord: () => Promise<RunRecord>;
  readonly evaluations: () => readonly Evaluation[];
  readonly facts: () => RunFacts;
  /** All weights and the checkpoint that are kept of the run. */
  readonly keptFiles: () => readonly ExportFile[];
  /** The run as it is stored; null for one that is not. */
  readonly stored: StoredRun | null;
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

/** What became of a run, besides its settings, curves and evaluations. */
type RunFacts = Partial<Pick<StoredRun, (typeof factNames)[number]>>;

export function useExportSources(): readonly ExportSource[] {
  const agent = useAgent();
  const kept = useStore(keptRunStore);
  const runs = useStore(runsStore);
  return useMemo(() => {
    const present = runs?.find(({ id }) => id === kept);
    const others = (runs ?? []).flatMap((run) =>
      run.weights
        .filter(({ kind }) => !(agent && run.id === kept && kind === 'latest'))
        .map((entry) => ofStored(run, entry)),
    );
    return agent ? [ofAgent(agent, present ?? null), ...others] : others;
  }, [agent, kept, runs]);
}

function ofAgent(agent: Agent, stored: StoredRun | null): ExportSource {
  const name = stored?.name ?? currentHyperparameters()?.tag ?? 'run';
  const createdAt = stored?.createdAt ?? Date.now() - 1000 * agent.record.seconds;
  return {
    id: `present:${stored?.id ?? name}`,
    run: stored?.id ?? name,
    name,
    detail: 'present weights',
    createdAt,
    frames: () => agent.record.frames,
    readWeights: async () => agent.weights(),
    readRecord: async () => agent.record,
    evaluations: () => agent.record.evaluations,
    facts: () => ({ ...(stored && factsOf(stored)), ...factsInMemory(agent, name, createdAt) }),
    keptFiles: () => presentFiles(agent.record, currentHyperparameters()!, stored),
    stored,
  };
}

const ofStored = (run: StoredRun, entry: WeightsEntry): ExportSource => ({
  id: `${run.id}:${entry.kind}:${entry.frames}`,
  run: run.id,
  name: run.name,
  detail: `${weightsKinds[entry.kind]}, ${compact(entry.frames)} env steps`,
  createdAt: run.createdAt,
  frames: () => entry.frames,
  readWeights: () => runStore.readWeights(run.id, entry),
  readRecord: async () => storedRecord(run, await runStore.readCurves(run.id)),
  evaluations: () => run.evaluations,
  facts: () => factsOf(run),
  keptFiles: () => storedFiles(run),
  stored: run,
});

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
