/** How often returns of about each size occurred. A bar is a button that narrows the list of episodes to its own. */
import { count, tickLabel } from '../format.ts';
import type { EvaluationOnShow } from './evaluation.ts';
import { policyTitle } from './policyTitle.ts';
import styles from './ReturnHistogram.module.css';
import { binReturns, type ReturnBins } from './returnBins.ts';

/** More would be too narrow to click. */
const maxBins = 12;

/** Which bar was clicked. */
export interface ChosenBin {
  readonly policy: number;
  readonly bin: number;
}

export const binsOf = ({ assessment }: EvaluationOnShow): ReturnBins =>
  binReturns(
    assessment.policies.map(({ played }) => played.map((episode) => episode.return)),
    maxBins,
  );

interface Props {
  readonly result: EvaluationOnShow;
  readonly bins: ReturnBins;
  readonly chosen: ChosenBin | null;
  readonly onChoose: (chosen: ChosenBin | null) => void;
}

export function ReturnHistogram({ result, bins: { edges, counts }, chosen, onChoose }: Props) {
  const highest = Math.max(...counts.flat());
  const step = edges[1]! - edges[0]!;
  return (
    <section className={styles.panel} aria-label="Episodes by their return">
      <div className={styles.head}>
        <h2>Episodes by their return</h2>
        <small>a bar lists its episodes</small>
      </div>
      {counts.map((ofPolicy, policy) => (
        <fieldset
          key={result.policies[policy]!.source.id}
          className={styles.bars}
          data-policy={policy}
          aria-label={`Returns of ${policyTitle(result.policies[policy]!)}`}
        >
          {ofPolicy.map((number, bin) => {
            const isChosen = chosen?.policy === policy && chosen.bin === bin;
            return (
              <button
                key={edges[bin]}
                type="button"
                disabled={number === 0}
                aria-pressed={isChosen}
                aria-label={`${tickLabel(edges[bin]!, step)} to ${tickLabel(edges[bin + 1]!, step)}: ${count(number, 'episode')}`}
                onClick={() => onChoose(isChosen ? null : { policy, bin })}
              >
                <span>{number || ''}</span>
                <div style={{ height: `${(78 * number) / highest}%` }} />
              </button>
            );
          })}
        </fieldset>
      ))}
      <p className={styles.axis} aria-hidden="true">
        <span>{tickLabel(edges[0]!, step)}</span>
        <span>{tickLabel(edges[Math.floor((edges.length - 1) / 2)]!, step)}</span>
        <span>{tickLabel(edges.at(-1)!, step)}</span>
      </p>
    </section>
  );
}
