/**
 * Every set of weights there is of any run. Those of the present run come from memory, since the store has them a moment later, and
 * besides them what was stored before it was resumed; those of all others come from the store.
 */
import { useCallback, useMemo, useSyncExternalStore } from 'react';
import type { PolicySource } from '../../evaluation/policySource.ts';
import { runStore } from '../../runs/BrowserRunStore.ts';
import type { StoredRun, WeightsEntry } from '../../runs/RunStore.ts';
import type { Agent, RunRecord, SavedWeights } from '../../trainer/run.ts';
import { currentHyperparameters } from '../../trainer/session.ts';
import { compact } from '../format.ts';
import { useAgent } from '../session.ts';
import { useStore } from '../store.ts';
import { keptRunStore, runsStore } from './runsStore.ts';
import { weightsKinds } from './weightsKinds.ts';

export interface RunWeights extends PolicySource {
  readonly frames: () => number;
  readonly read: () => Contents | Promise<Contents>;
  /** The agent of the present run; null for another run. */
  readonly agent: Agent | null;
  /** The run as it is stored; null for one that is not. */
  readonly stored: StoredRun | null;
}

type Contents = Uint8Array<ArrayBuffer>;
type Origin = Pick<RunWeights, 'run' | 'name' | 'agent' | 'stored'>;

/** Null until the stored runs are read, if there is no other. */
export function useRunWeights(): readonly RunWeights[] | null {
  const agent = useAgent();
  const saved = useRecorded(agent, ({ savedWeights }) => savedWeights, noWeights);
  const best = useRecorded(agent, ({ bestWeights }) => bestWeights, null);
  const runs = useStore(runsStore);
  const kept = useStore(keptRunStore);
  return useMemo(() => {
    const present = runs?.find(({ id }) => id === kept) ?? null;
    const others = (runs ?? []).filter((run) => !agent || run !== present).flatMap(weightsOfStored);
    if (agent) return [...weightsOfAgent(agent, kept, present, saved, best), ...others];
    return runs && others;
  }, [agent, saved, best, runs, kept]);
}

const noWeights: readonly SavedWeights[] = [];

/** Something of the agent's record that is replaced when it changes; other numbers of the record change all the time. */
function useRecorded<Part>(agent: Agent | null, read: (record: RunRecord) => Part, none: Part): Part {
  const subscribe = useCallback((listener: () => void) => agent?.subscribe(listener) ?? (() => {}), [agent]);
  return useSyncExternalStore(subscribe, () => (agent ? read(agent.record) : none));
}

/** The present weights first. */
export function weightsOfAgent(
  agent: Agent,
  id: string | null,
  stored: StoredRun | null,
  saved: readonly SavedWeights[],
  best: SavedWeights | null,
): RunWeights[] {
  const name = stored?.name ?? currentHyperparameters()?.tag ?? 'run';
  const origin: Origin = { run: id ?? name, name, agent, stored };
  const isStoredOnly = ({ kind, frames }: WeightsEntry) =>
    kind === 'best' ? best === null : kind === 'saved' && !saved.some((other) => other.frames === frames);
  const kinds = [
    ...(best ? [inMemory(origin, 'best', best)] : []),
    ...saved.map((weights) => inMemory(origin, 'saved', weights)),
    ...(stored?.weights ?? []).filter(isStoredOnly).map((entry) => inStore(origin, entry)),
  ];
  const present: RunWeights = {
    ...origin,
    id: `${origin.run}:present`,
    detail: 'present weights',
    isPresent: true,
    frames: () => agent.record.frames,
    read: () => agent.weights(),
  };
  return [present, ...inOrder(kinds)];
}

const weightsOfStored = (stored: StoredRun): RunWeights[] =>
  inOrder(stored.weights.map((entry) => inStore({ run: stored.id, name: stored.name, agent: null, stored }, entry)));

interface OfKind extends RunWeights {
  readonly kind: WeightsEntry['kind'];
}

const inMemory = (origin: Origin, kind: WeightsEntry['kind'], { frames, file }: SavedWeights): OfKind => ({
  ...origin,
  ...named(origin, kind, frames),
  read: () => file,
});

const inStore = (origin: Origin, entry: WeightsEntry): OfKind => ({
  ...origin,
  ...named(origin, entry.kind, entry.frames),
  read: () => runStore.readWeights(origin.run, entry),
});

/** There is one best and one newest: they keep their ids when others take their place. */
const named = ({ run }: Origin, kind: WeightsEntry['kind'], frames: number) => ({
  kind,
  id: kind === 'saved' ? `${run}:saved:${frames}` : `${run}:${kind}`,
  detail: `${weightsKinds[kind]}, ${compact(frames)} env steps`,
  isPresent: false,
  frames: () => frames,
});

const kindsInOrder = Object.keys(weightsKinds);

/** By kind, then the newest first. */
const inOrder = (weights: OfKind[]): OfKind[] =>
  weights.sort((a, b) => kindsInOrder.indexOf(a.kind) - kindsInOrder.indexOf(b.kind) || b.frames() - a.frames());
