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
