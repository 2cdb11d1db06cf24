/** Every policy that can be evaluated now: the present run's weights, what it saved, and files that people opened. */
import { useCallback, useMemo, useSyncExternalStore } from 'react';
import type { PolicySource } from '../../evaluation/policySource.ts';
import type { Agent, SavedWeights } from '../../trainer/run.ts';
import { currentHyperparameters } from '../../trainer/session.ts';
import { compact } from '../format.ts';
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
function runSources(agent: Agent, run: string, savedWeights: readonly SavedWeights[]): PolicySource[] {
  const origin = { run, name: run };
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

export function usePolicySources(): readonly PolicySource[] {
  const agent = useAgent();
  const savedWeights = useSavedWeights(agent);
  const files = useStore(openedFilesStore);
  const initial = useStore(weightsFileStore);
  return useMemo(() => {
    const run = currentHyperparameters()?.tag;
    return [
      ...(agent && run !== undefined ? runSources(agent, run, savedWeights) : []),
      ...files,
      ...(initial && !files.some(({ name }) => name === initial.name) ? [initialSource(initial)] : []),
    ];
  }, [agent, savedWeights, files, initial]);
}

/** The file that the form begins from can be evaluated as well. */
const initialSource = ({ name, contents }: WeightsFile): PolicySource => fileSource(name, contents);

const none: readonly SavedWeights[] = [];

/** The list changes only when weights are saved, not with every number a run records. */
function useSavedWeights(agent: Agent | null): readonly SavedWeights[] {
  const subscribe = useCallback((listener: () => void) => agent?.subscribe(listener) ?? (() => {}), [agent]);
  const newest = useSyncExternalStore(subscribe, () => agent?.record.savedWeights.at(-1) ?? null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the newest one tells that the list has changed
  return useMemo(() => (agent ? [...agent.record.savedWeights] : none), [agent, newest]);
}
