/** Every policy that can be evaluated now: weights of runs, and files that people opened. */
import { useMemo } from 'react';
import { hyperparametersOfWeights } from '../../checkpoints/weightsFile.ts';
import type { PolicySource } from '../../evaluation/policySource.ts';
import { useRunWeights } from '../runs/runWeights.ts';
import { weightsFileStore } from '../setup/initialWeights.ts';
import { Store, useStore } from '../store.ts';

/** Files opened on the Evaluate screen, the newest last. In memory only. */
const openedFilesStore = new Store<readonly PolicySource[]>([]);

/** Takes a file among the policies. Throws, with a sentence to show, if it is broken. */
export function openWeightsFile(name: string, contents: Uint8Array<ArrayBuffer>): PolicySource {
  hyperparametersOfWeights(contents);
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

/** Null until the stored runs are read, if there is no other. */
export function usePolicySources(): readonly PolicySource[] | null {
  const ofRuns = useRunWeights();
  const opened = useStore(openedFilesStore);
  const initial = useStore(weightsFileStore);
  return useMemo(() => {
    // The file that the form begins from can be evaluated as well.
    const isOpened = opened.some(({ name }) => name === initial?.name);
    const files = initial && !isOpened ? [...opened, fileSource(initial.name, initial.contents)] : opened;
    return ofRuns || files.length > 0 ? [...(ofRuns ?? []), ...files] : null;
  }, [ofRuns, opened, initial]);
}
