import { useRef } from 'react';
import type { Evaluation } from '../../trainer/run.ts';
import { useRun } from '../charts/chartContext.ts';
import { compact, fixed } from '../format.ts';
import { evaluationsUnderWay } from '../runActions.ts';
import { useStore } from '../store.ts';
import styles from './panels.module.css';
import { useRefresh } from './useRefresh.ts';

/** The latest evaluation first. */
export function EvaluationsTable() {
  const { agent } = useRun();
  const element = useRef<HTMLElement>(null);
  useRefresh(element);
  const { evaluations, frames } = agent.record;
  const isUnderWay = useStore(evaluationsUnderWay) > 0;
  return (
    <section ref={element} className={styles.panel} aria-label="Evaluations">
      <div className={styles.head}>
        <h2>Evaluations</h2>
        <small>{isUnderWay ? 'one is under way…' : 'greedy, always on the same seeds'}</small>
      </div>
      {evaluations.length === 0 ? (
        <p className={styles.facts}>None yet.</p>
      ) : (
        <div className={styles.scroll}>
          <table className={styles.table}>
            <thead>
              <tr>
                <th scope="col">At step</th>
                <th scope="col">IQM, 95 % interval</th>
                <th scope="col">Mean ± std</th>
                <th scope="col">Episodes</th>
              </tr>
            </thead>
            <tbody>
              {[...evaluations].reverse().map((evaluation) => (
                <Row
                  key={`${evaluation.policyVersion} ${evaluation.episodes}`}
                  evaluation={evaluation}
                  hasTrained={frames > 0}
                />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}

function Row({ evaluation, hasTrained }: { readonly evaluation: Evaluation; readonly hasTrained: boolean }) {
  const { frames, iqm, iqmCi95, mean, std, episodes, isFinal } = evaluation;
  return (
    <tr>
      <td>
        {hasTrained ? compact(frames) : 'file'}
        {isFinal && ' final'}
      </td>
      <td>
        {fixed(iqm, 1)} [{fixed(iqmCi95[0], 0)}, {fixed(iqmCi95[1], 0)}]
      </td>
      <td>
        {fixed(mean, 1)} ± {fixed(std, 0)}
      </td>
      <td>{episodes}</td>
    </tr>
  );
}
