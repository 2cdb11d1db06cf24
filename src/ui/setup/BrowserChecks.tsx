import { Check, TriangleAlert } from 'lucide-react';
import { bytes, count } from '../format.ts';
import { useStore } from '../store.ts';
import { type GpuReport, gpuStore, machine, storageStore } from './machine.ts';
import styles from './SetupSummary.module.css';

/** What this browser gives a run, and what it denies. */
export function BrowserChecks() {
  const gpu = useStore(gpuStore);
  const storage = useStore(storageStore);
  return (
    <section className={styles.section}>
      <h2>This browser</h2>
      <ul className={styles.checks}>
        <Finding
          isGood={gpu.status === 'hardware' || gpu.status === 'asking'}
          name="WebGPU"
          detail={gpuSentence(gpu)}
        />
        <Finding isGood={crossOriginIsolated} name="Shared memory" detail="the page is cross-origin isolated" />
        <Finding
          isGood={machine.hardwareConcurrency > 2}
          name={count(machine.hardwareConcurrency, 'processor thread')}
          detail={machine.hardwareConcurrency > 2 ? 'one is left to the learner' : 'actors and learner share them'}
        />
        {storage && (
          <Finding
            isGood={storage.isPersisted}
            name="Storage"
            detail={`${bytes(storage.freeBytes)} free, ${storage.isPersisted ? 'kept between visits' : 'the browser may clear it when space runs short'}`}
          />
        )}
      </ul>
    </section>
  );
}

function gpuSentence(gpu: GpuReport): string {
  switch (gpu.status) {
    case 'asking':
      return 'asking…';
    case 'missing':
      return 'not available: the learner runs on WebAssembly, which trains as well';
    case 'software':
      return `only in software (${gpu.name}): the learner runs on WebAssembly, which is faster`;
    case 'hardware':
      return gpu.name;
  }
}

function Finding({
  isGood,
  name,
  detail,
}: {
  readonly isGood: boolean;
  readonly name: string;
  readonly detail: string;
}) {
  return (
    <li>
      {isGood ? (
        <Check className={styles.good} size={15} aria-label="Good:" />
      ) : (
        <TriangleAlert className={styles.fair} size={15} aria-label="Note:" />
      )}
      <span>
        <b>{name}</b> <small>{detail}</small>
      </span>
    </li>
  );
}
