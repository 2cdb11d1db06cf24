/** A weights file chosen on this computer. It stays in memory only: a page may not keep a path to a file. */
import { Store } from '../store.ts';

export interface WeightsFile {
  readonly name: string;
  readonly contents: Uint8Array<ArrayBuffer>;
}

export const weightsFileStore = new Store<WeightsFile | null>(null);

export async function chooseWeightsFile(file: File): Promise<void> {
  weightsFileStore.set({ name: file.name, contents: new Uint8Array(await file.arrayBuffer()) });
}
