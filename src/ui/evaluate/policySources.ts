/** Every policy that can be evaluated now: the present run's weights, what it saved, what is kept of other runs, and files that people opened. */
import { useCallback, useMemo, useSyncExternalStore } from 'react';
import type { PolicySource } from '../../evaluation/policySource.ts';
import { runStore } from '../../runs/BrowserRunStore.ts';
import type { StoredRun, WeightsEntry } from '../../runs/RunStore.ts';
import type { Agent, SavedWeights } from '../../trainer/run.ts';
import { currentHyperparameters } from '../../trainer/session.ts';
import { compact } from '../format.ts';
import { keptRunStore, runsStore } from '../runs/runsStore.ts';
import { weightsKinds } from '../runs/weightsKinds.ts';
import { useAgent } from '../session.ts';
import { type WeightsFile, weightsFileStore } from '../setup/initialWeights.ts';
import { Store, useStore } from '../store.ts';

/** Files opened on the Evaluate screen, the newest last. In memory only. */
export const openedFilesStore = new Store<readonly PolicySource[]>([]);

export function openWeightsFile(name: string, contents: Uint8Array<ArrayBuffer>): PolicySource {
  const others = openedFilesStore.get().filter((source) => source.name !== name);
  const source = fileSource(name, contents);
  openedFilesStore.set([...others, source]);
  return source;
}

const fileSource = (name: string, contents: Uint8Array<ArrayBuffer>): PolicySource => ({
  id: `file:${name}`,
  run: name,
  name,
  detail: '',
  isPresent: false,
  frames: () => null,
  read: () => contents,
});

/** The present weights first, then what was saved, the newest first. */
function presentSources(
  agent: Agent,
  run: string,
  name: string,
  savedWeights: readonly SavedWeights[],
): PolicySource[] {
  const origin = { run, name };
  return [
    {
      ...origin,
      id: `run:${run}`,
      detail: 'present weights',
      isPresent: true,
      frames: () => agent.record.frames,
      read: () => agent.weights(),
    },
    ...savedWeights.toReversed().map(({ frames, file }) => ({
      ...origin,
      id: `run:${run}:${frames}`,
      detail: `${compact(frames)} env steps`,
      isPresent: false,
      frames: () => frames,
      read: () => file,
    })),
  ];
}

const order = Object.keys(weightsKinds);

const inOrder = (a: WeightsEntry, b: WeightsEntry): number =>
  order.indexOf(a.kind) - order.indexOf(b.kind) || b.frames - a.frames;

/** What is kept of a run. Of the one under way, the agent itself gives everything but the best. */
const storedSources = ({ id, name, weights }: StoredRun, isUnderWay: boolean): PolicySource[] =>
  weights
    .filter(({ kind }) => kind === 'best' || !isUnderWay)
    .sort(inOrder)
    .map((entry) => ({
      id: `stored:${id}:${entry.kind}:${entry.frames}`,
      run: id,
      name,
      detail: `${weightsKinds[entry.kind]}, ${compact(entry.frames)} env steps`,
      isPresent: false,
      frames: () => entry.frames,
      read: () => runStore.readWeights(id, entry),
    }));

export function usePolicySources(): readonly PolicySource[] {
  const agent = useAgent();
  const savedWeights = useSavedWeights(agent);
  const files = useStore(openedFilesStore);
  const initial = useStore(weightsFileStore);
  const runs = useStore(runsStore);
  const kept = useStore(keptRunStore);
  return useMemo(() => {
    const tag = currentHyperparameters()?.tag;
    const name = runs?.find(({ id }) => id === kept)?.name ?? tag;
    return [
      ...(agent && name !== undefined ? presentSources(agent, kept ?? name, name, savedWeights) : []),
      ...(runs ?? []).flatMap((run) => storedSources(run, run.id === kept)),
      ...files,
      ...(initial && !files.some(({ name }) => name === initial.name) ? [initialSource(initial)] : []),
    ];
  }, [agent, savedWeights, files, initial, runs, kept]);
}

/** The file that the form begins from can be evaluated as well. */
const initialSource = ({ name, contents }: WeightsFile): PolicySource => fileSource(name, contents);

const none: readonly SavedWeights[] = [];

/** Another list when weights are saved, the same one with every other number that a run records. */
function useSavedWeights(agent: Agent | null): readonly SavedWeights[] {
  const subscribe = useCallback((listener: () => void) => agent?.subscribe(listener) ?? (() => {}), [agent]);
  return useSyncExternalStore(subscribe, () => agent?.record.savedWeights ?? none);
}
