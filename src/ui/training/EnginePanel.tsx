import { useRef } from 'react';
import type { Device } from '../../trainer/run.ts';
import { useRun } from '../charts/chartContext.ts';
import { compact } from '../format.ts';
import { hrefOf } from '../routes.ts';
import styles from './panels.module.css';
import { useRefresh } from './useRefresh.ts';

const engineNames: Readonly<Record<Device, string>> = {
  webgpu: 'WebGPU',
  wasm: 'WebAssembly',
  cpu: 'plain JavaScript',
};

/** Which engine the learner runs on, and why. */
export function EnginePanel() {
  const { agent } = useRun();
  const element = useRef<HTMLElement>(null);
  useRefresh(element);
  const { engine } = agent.record;
  const measured = Object.entries(engine?.measured ?? {}) as [Device, number][];
  return (
    <section ref={element} className={styles.panel} aria-label="Engine">
      <div className={styles.head}>
        <h2>Learner engine</h2>
        <small>{engine && engineNames[engine.device]}</small>
      </div>
      {engine ? (
        <div className={styles.facts}>
          <p>
            <b>{engine.description}</b>
          </p>
          <p>{engine.reason}</p>
          <p>
            <a href={hrefOf('benchmark')}>Benchmark this machine</a>
          </p>
          {measured.length > 0 && (
            <table className={styles.table}>
              <tbody>
                {measured
                  .sort((a, b) => a[1] - b[1])
                  .map(([device, ms]) => (
                    <tr key={device}>
                      <td>{engineNames[device]}</td>
                      <td>{compact(ms)} ms an update</td>
                    </tr>
                  ))}
              </tbody>
            </table>
          )}
        </div>
      ) : (
        <p className={styles.facts}>Not started yet.</p>
      )}
    </section>
  );
}
