/** Each worker in a row: what it does, how fast, what it plays; and why, if it stands still. */
import { useMemo, useRef } from 'react';
import type { ActorStatus } from '../../trainer/run.ts';
import { useRun } from '../charts/chartContext.ts';
import { compact, fixed, whole } from '../format.ts';
import { ActorTotals } from './actorTotals.ts';
import styles from './panels.module.css';
import { useRefresh } from './useRefresh.ts';

export function ActorsTable() {
  const run = useRun();
  const { agent } = run;
  const element = useRef<HTMLElement>(null);
  // The rows' sums belong to one run and grow with it.
  const totals = useMemo(() => new ActorTotals(() => run.agent.record), [run]);
  useRefresh(element);
  totals.sync();
  const { actors, metrics } = agent.record;
  const running = actors.filter((actor) => actor.state === 'running').length;
  const failed = actors.filter((actor) => actor.state === 'failed').length;
  const restarts = actors.reduce((sum, actor) => sum + actor.restarts, 0);
  const [updateMs, waitMs] = [metrics.updateMs, metrics.waitMs].map(
    (column) => column.values[column.length - 1] ?? 0,
  ) as [number, number];
  return (
    <section ref={element} className={styles.panel} aria-label="Actors">
      <div className={styles.head}>
        <h2>Actors</h2>
        <small>
          {running} running, {failed} failed{restarts > 0 && `, restarted ${restarts} ×`}
        </small>
      </div>
      <div className={styles.scroll}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">Worker</th>
              <th scope="col">Steps/s</th>
              <th scope="col">Steps</th>
              <th scope="col">Episodes</th>
              <th scope="col">Return</th>
            </tr>
          </thead>
          <tbody>
            {actors.map((actor) => (
              <ActorRows key={actor.index} actor={actor} totals={totals} />
            ))}
            <tr>
              <td>
                <span className={styles.dot} data-state="learner" />
                learner
              </td>
              <td colSpan={4}>
                {updateMs > 0 ? `busy ${fixed((100 * updateMs) / (updateMs + waitMs), 0)} % of its time` : '–'}
              </td>
            </tr>
          </tbody>
        </table>
      </div>
    </section>
  );
}

function ActorRows({ actor, totals }: { readonly actor: ActorStatus; readonly totals: ActorTotals }) {
  const isWell = actor.state === 'running';
  return (
    <>
      <tr>
        <td>
          <span className={styles.dot} data-state={actor.state} />
          actor {actor.index}
          {!isWell && ` ${actor.state}`}
        </td>
        <td>{isWell ? compact(totals.stepsPerSecond(actor.index)) : '–'}</td>
        <td>{compact(actor.envSteps)}</td>
        <td>{whole(totals.episodes(actor.index))}</td>
        <td>{fixed(totals.recentReturn(actor.index), 1)}</td>
      </tr>
      {actor.reason && (
        <tr>
          <td colSpan={5} className={styles.reason}>
            {actor.reason}
          </td>
        </tr>
      )}
    </>
  );
}
