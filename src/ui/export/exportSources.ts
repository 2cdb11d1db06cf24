/** Every policy that can be exported: the present run's, and those of stored runs. */
import { useMemo } from 'react';
import { runStore } from '../../runs/BrowserRunStore.ts';
import type { StoredCurves, StoredRun, WeightsEntry } from '../../runs/RunStore.ts';
import type { Agent, Evaluation } from '../../trainer/run.ts';
import { currentHyperparameters } from '../../trainer/session.ts';
import { compact } from '../format.ts';
import { keptRunStore, runsStore } from '../runs/runsStore.ts';
import { weightsKinds } from '../runs/weightsKinds.ts';
import { useAgent } from '../session.ts';
import { useStore } from '../store.ts';

export interface ExportSource {
  readonly id: string;
  /** The run's id where it is stored, its name otherwise. */
  readonly run: string;
  readonly name: string;
  /** Which of its weights. */
  readonly detail: string;
  /** When the run began, milliseconds since 1970. */
  readonly createdAt: number;
  readonly readWeights: () => Promise<Uint8Array<ArrayBuffer>>;
  readonly readCurves: () => Promise<StoredCurves>;
  readonly evaluations: () => readonly Evaluation[];
}

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
    return agent ? [ofAgent(agent, present), ...others] : others;
  }, [agent, kept, runs]);
}

function ofAgent(agent: Agent, stored: StoredRun | undefined): ExportSource {
  const name = stored?.name ?? currentHyperparameters()?.tag ?? 'run';
  return {
    id: `present:${stored?.id ?? name}`,
    run: stored?.id ?? name,
    name,
    detail: 'present weights',
    createdAt: stored?.createdAt ?? Date.now() - 1000 * agent.record.seconds,
    readWeights: async () => agent.weights(),
    readCurves: async () => agent.record,
    evaluations: () => agent.record.evaluations,
  };
}

const ofStored = (run: StoredRun, entry: WeightsEntry): ExportSource => ({
  id: `${run.id}:${entry.kind}:${entry.frames}`,
  run: run.id,
  name: run.name,
  detail: `${weightsKinds[entry.kind]}, ${compact(entry.frames)} env steps`,
  createdAt: run.createdAt,
  readWeights: () => runStore.readWeights(run.id, entry),
  readCurves: () => runStore.readCurves(run.id),
  evaluations: () => run.evaluations,
});
