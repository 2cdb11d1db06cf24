/** Every episode that was played; one of them is in the player. */
import { Fragment, useState } from 'react';
import { endOf } from '../../evaluation/reports.ts';
import type { AssessedEpisode } from '../../playback/evaluator.api.ts';
import { Button } from '../components/Button.tsx';
import { ScrollRegion } from '../components/ScrollRegion.tsx';
import { count, fixed, whole } from '../format.ts';
import { useStore } from '../store.ts';
import styles from './EpisodesTable.module.css';
import { type EvaluationOnShow, seedStore } from './evaluation.ts';
import type { ChosenBin } from './ReturnHistogram.tsx';
import { binOf, type ReturnBins } from './returnBins.ts';

/** More rows are drawn only when somebody asks for them. */
const fewRows = 100;

/** By what the first policy played, and by how much the second differs from it. */
const orders = {
  seed: (a: Row, b: Row) => a.first.seed - b.first.seed,
  return: (a: Row, b: Row) => b.first.return - a.first.return,
  length: (a: Row, b: Row) => b.first.length - a.first.length,
  difference: (a: Row, b: Row) => b.difference - a.difference,
} as const;

type Order = keyof typeof orders;

/** One seed, as the first policy and, where there is one, the second played it. */
interface Row {
  readonly first: AssessedEpisode;
  readonly second: AssessedEpisode | undefined;
  /** Second minus first; 0 for one policy. */
  readonly difference: number;
}

interface Props {
  readonly result: EvaluationOnShow;
  readonly bins: ReturnBins;
  readonly chosen: ChosenBin | null;
  readonly onShowAll: () => void;
}

export function EpisodesTable({ result, bins, chosen, onShowAll }: Props) {
  const [order, setOrder] = useState<Order>('seed');
  const [isLong, setIsLong] = useState(false);
  const seed = useStore(seedStore);
  const rows = rowsOf(result, bins, chosen).sort(orders[order]);
  const shown = isLong ? rows : rows.slice(0, fewRows);
  const isComparison = result.policies.length > 1;
  const column = (name: Order, label: string) => (
    <th scope="col" aria-sort={name !== order ? undefined : name === 'seed' ? 'ascending' : 'descending'}>
      <button type="button" onClick={() => setOrder(name)}>
        {label}
      </button>
    </th>
  );
  return (
    <section className={styles.panel} aria-label="Episodes">
      <div className={styles.head}>
        <h2>Episodes</h2>
        <small>
          {chosen
            ? `${count(rows.length, isComparison ? 'seed' : 'episode')} of the chosen bar`
            : 'a seed plays its episode'}
        </small>
        {chosen && (
          <Button look="quiet" onClick={onShowAll}>
            Show all
          </Button>
        )}
      </div>
      <ScrollRegion className={styles.scroll} label="Episodes, scrollable">
        <table className={styles.table}>
          <thead>
            <tr>
              {column('seed', 'Seed')}
              {isComparison && <th scope="col">Policy</th>}
              {column('return', 'Return')}
              {column('length', 'Steps')}
              <th scope="col">End</th>
              {isComparison && column('difference', 'Diff.')}
            </tr>
          </thead>
          <tbody>
            {shown.map(({ first, second, difference }) => (
              <Fragment key={first.seed}>
                <tr data-on-show={first.seed === seed}>
                  <td rowSpan={second && 2}>
                    <button
                      type="button"
                      aria-label={`Play the episode of seed ${first.seed}`}
                      aria-pressed={first.seed === seed}
                      onClick={() => seedStore.set(first.seed)}
                    >
                      {first.seed}
                    </button>
                  </td>
                  {second && <td>first</td>}
                  <Played episode={first} />
                  {second && <td rowSpan={2}>{fixed(difference, 1)}</td>}
                </tr>
                {second && (
                  <tr className={styles.second} data-on-show={first.seed === seed}>
                    <td>second</td>
                    <Played episode={second} />
                  </tr>
                )}
              </Fragment>
            ))}
          </tbody>
        </table>
        {shown.length < rows.length && (
          <Button look="quiet" onClick={() => setIsLong(true)}>
            Show all {whole(rows.length)}
          </Button>
        )}
      </ScrollRegion>
    </section>
  );
}

function Played({ episode }: { readonly episode: AssessedEpisode }) {
  return (
    <>
      <td>{fixed(episode.return, 1)}</td>
      <td>{whole(episode.length)}</td>
      <td>{endOf(episode)}</td>
    </>
  );
}

function rowsOf({ assessment }: EvaluationOnShow, { edges }: ReturnBins, chosen: ChosenBin | null): Row[] {
  const [first, second] = assessment.policies.map(({ played }) => played);
  return first!
    .map((episode, i): Row => {
      const other = second?.[i];
      return { first: episode, second: other, difference: other ? other.return - episode.return : 0 };
    })
    .filter((row) => {
      if (!chosen) return true;
      const episode = chosen.policy === 0 ? row.first : row.second;
      return episode !== undefined && binOf(edges, episode.return) === chosen.bin;
    });
}
