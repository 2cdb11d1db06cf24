import { titleOf } from '../../evaluation/policySource.ts';
import { LabelledSelect } from './LabelledSelect.tsx';

/** One set of weights, and the run it comes from. */
interface Weights {
  readonly id: string;
  readonly run: string;
  readonly name: string;
  readonly detail: string;
}

interface Props {
  readonly label: string;
  readonly weights: readonly Weights[];
  /** Id of those chosen; empty for none. */
  readonly value: string;
  /** What no choice is called, where there may be none. */
  readonly none?: string;
  readonly onChange: (id: string) => void;
}

/** Weights to choose among, grouped by run. */
export function WeightsSelect({ weights, none, ...rest }: Props) {
  const runs = [...new Set(weights.map(({ run }) => run))];
  return (
    <LabelledSelect {...rest}>
      {none !== undefined && <option value="">{none}</option>}
      {runs.map((run) => {
        const ofRun = weights.filter((one) => one.run === run);
        return (
          <optgroup key={run} label={ofRun[0]!.name}>
            {ofRun.map((one) => (
              <option key={one.id} value={one.id}>
                {titleOf(one)}
              </option>
            ))}
          </optgroup>
        );
      })}
    </LabelledSelect>
  );
}
