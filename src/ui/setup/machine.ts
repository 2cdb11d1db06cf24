/** What this browser offers, asked once. */
import type { Machine } from '../../config/derivedSizes.ts';
import { Store } from '../store.ts';

export const machine: Machine = { hardwareConcurrency: navigator.hardwareConcurrency || 1 };

export type GpuReport =
  | { readonly status: 'asking' }
  | { readonly status: 'missing' }
  | {
      readonly status: 'software' | 'hardware';
      readonly name: string;
      /** The largest buffer that a computation can use. */
      readonly largestArrayBytes: number;
    };

export const gpuStore = new Store<GpuReport>({ status: 'asking' });

async function askForGpu(): Promise<GpuReport> {
  const adapter = await navigator.gpu?.requestAdapter({ powerPreference: 'high-performance' }).catch(() => null);
  if (!adapter) return { status: 'missing' };
  const { vendor, architecture, description, isFallbackAdapter } = adapter.info;
  const name = [vendor, architecture].filter(Boolean).join(' ') || description || 'unnamed adapter';
  return {
    status: isFallbackAdapter || /swiftshader|software/i.test(name + description) ? 'software' : 'hardware',
    name,
    largestArrayBytes: Math.min(adapter.limits.maxBufferSize, adapter.limits.maxStorageBufferBindingSize),
  };
}

void askForGpu().then((report) => gpuStore.set(report));

/** What is left for runs, and whether it outlasts a shortage; null while it is asked for, and where it is not told. */
export const storageStore = new Store<{ readonly freeBytes: number; readonly isPersisted: boolean } | null>(null);

async function askForStorage(): Promise<void> {
  const [{ usage = 0, quota = 0 }, isPersisted] = await Promise.all([
    navigator.storage.estimate(),
    navigator.storage.persisted(),
  ]);
  storageStore.set({ freeBytes: quota - usage, isPersisted });
}

// Without a secure context there is no such thing, and some browsers refuse in private windows.
if (navigator.storage) askForStorage().catch(() => {});
