import { specOf } from '../../config/hyperparameters.ts';
import type { StoredRun } from '../../runs/RunStore.ts';
import { ScrollRegion } from '../components/ScrollRegion.tsx';
import { compact, duration, fixed } from '../format.ts';
import { hrefOf } from '../routes.ts';
import styles from './CompareView.module.css';
import { RunMark } from './RunMark.tsx';
import { bestEvaluation, differingNames } from './runFacts.ts';
import { settingText } from './settingText.ts';

interface Props {
  readonly runs: readonly StoredRun[];
  readonly marked: string | null;
}

/** What came of the runs, and only those settings in which they differ. */
export function SettingsDifferences({ runs, marked }: Props) {
  const names = differingNames(runs);
  const outcome: readonly (readonly [string, (run: StoredRun) => string])[] = [
    ['Best evaluation, IQM', (run) => fixed(bestEvaluation(run)?.iqm ?? Number.NaN, 1)],
    ['Env steps', (run) => compact(run.frames)],
    ['Time', (run) => duration(run.seconds)],
  ];
  return (
    <ScrollRegion className={styles.differences} label="Differences">
      <h2>Differences</h2>
      <table>
        <thead>
          <tr>
            <td />
            {runs.map((run) => (
              <th key={run.id} scope="col" data-marked={run.id === marked}>
                <RunMark colour={run.colour} /> <a href={hrefOf('train', run.id)}>{run.name}</a>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {outcome.map(([label, text]) => (
            <tr key={label}>
              <th scope="row">{label}</th>
              {runs.map((run) => (
                <td key={run.id}>{text(run)}</td>
              ))}
            </tr>
          ))}
          {names.map((name) => (
            <tr key={name} className={styles.setting}>
              <th scope="row">{specOf(name).label}</th>
              {runs.map((run) => (
                <td key={run.id}>{settingText(name, run.hyperparameters)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {names.length === 0 && <p>All settings are the same.</p>}
    </ScrollRegion>
  );
}
