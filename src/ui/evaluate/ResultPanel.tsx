/** What the returns come to, for one policy or for two and their difference on equal seeds. */
import { Download, FileJson } from 'lucide-react';
import { findEnv } from '../../envs/registry.ts';
import { episodesCsv, reportJson } from '../../evaluation/reports.ts';
import type { PairedComparison } from '../../math/statistics.ts';
import type { PolicyAssessment } from '../../playback/evaluator.api.ts';
import { Button } from '../components/Button.tsx';
import { CopyButton } from '../components/CopyButton.tsx';
import { Help } from '../components/Help.tsx';
import { count, fixed } from '../format.ts';
import { fileNameOf, saveFile } from '../saveFile.ts';
import type { EvaluationOnShow } from './evaluation.ts';
import { policyTitle } from './policyTitle.ts';
import styles from './ResultPanel.module.css';
import { resultText } from './resultText.ts';

export function ResultPanel({ result }: { readonly result: EvaluationOnShow }) {
  const { policies, env, settings, assessment } = result;
  const threshold = findEnv(env).spec.rewardThreshold;
  const assessed = policies.map((policy) => ({ title: policyTitle(policy), frames: policy.frames }));
  const name = fileNameOf(`${policies[0]!.source.name}-evaluation`);
  return (
    <section className={styles.panel} aria-label="Result">
      <div className={styles.head}>
        <h2>Result</h2>
        <small>
          {env}, {count(settings.episodes, 'episode')}, {settings.greedy ? 'greedy' : 'sampled'}
        </small>
        <Help about="the result">
          <p>
            IQM is the interquartile mean: the mean of the middle half of the returns, which neither a lucky nor a
            broken episode moves. The interval holds 95 % of the IQMs of 2 000 resamples. Close intervals need more
            episodes.
          </p>
        </Help>
      </div>
      {assessment.policies.map((policy, i) => (
        <Numbers
          key={policies[i]!.source.id}
          title={assessed[i]!.title}
          hasTitle={policies.length > 1}
          index={i}
          policy={policy}
          threshold={threshold}
        />
      ))}
      {assessment.comparison && <Difference comparison={assessment.comparison} />}
      <div className={styles.buttons}>
        <CopyButton label="Copy" text={() => resultText(result)} />
        <Button
          icon={<Download size={14} aria-hidden="true" />}
          onClick={() => saveFile(`${name}.csv`, episodesCsv(assessed, assessment), 'text/csv')}
        >
          CSV
        </Button>
        <Button
          icon={<FileJson size={14} aria-hidden="true" />}
          onClick={() => saveFile(`${name}.json`, reportJson(env, assessed, settings, assessment), 'application/json')}
        >
          Report
        </Button>
      </div>
    </section>
  );
}

interface NumbersProps {
  readonly title: string;
  readonly hasTitle: boolean;
  readonly index: number;
  readonly policy: PolicyAssessment;
  readonly threshold: number | null;
}

function Numbers({ title, hasTitle, index, policy, threshold }: NumbersProps) {
  const { iqm, iqmCi95, mean, std, median, min, max, solvedShare, meanLength, stdLength } = policy;
  const rows = [
    ['Mean ± std', `${fixed(mean, 1)} ± ${fixed(std, 1)}`],
    ['Median', fixed(median, 1)],
    ['Lowest, highest', `${fixed(min, 1)}, ${fixed(max, 1)}`],
    ...(solvedShare === null ? [] : [[`Solved, at ${threshold} or above`, `${fixed(100 * solvedShare, 0)} %`]]),
    ['Length, mean ± std', `${fixed(meanLength, 0)} ± ${fixed(stdLength, 0)} steps`],
  ];
  return (
    <div className={styles.policy} data-policy={index}>
      {hasTitle && (
        <h3>
          <span className={styles.swatch} aria-hidden="true" /> {title}
        </h3>
      )}
      <p className={styles.headline}>
        <b>{fixed(iqm, 1)}</b> IQM
        <span>
          95 % [{fixed(iqmCi95[0], 1)}, {fixed(iqmCi95[1], 1)}]
        </span>
      </p>
      <dl className={styles.numbers}>
        {rows.map(([term, text]) => (
          <div key={term}>
            <dt>{term}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

function Difference({ comparison }: { readonly comparison: PairedComparison }) {
  const { difference, differenceCi95: interval, probabilityOfImprovement, probabilityCi95 } = comparison;
  const verdict =
    interval[0] > 0 ? 'The second does better.' : interval[1] < 0 ? 'The first does better.' : 'Too close to tell.';
  return (
    <div className={styles.policy} data-policy="difference">
      <h3>
        Second minus first{' '}
        <Help about="the paired comparison">
          <p>
            Both play the same seeds, and returns are subtracted seed by seed, so that hard and easy episodes cancel
            out. The interval is a 95 % bootstrap over the seeds: where it holds 0, the episodes do not tell which is
            better. A tie counts as half an improvement.
          </p>
        </Help>
      </h3>
      <p className={styles.headline}>
        <b>{signed(difference)}</b> mean
        <span>
          95 % [{signed(interval[0])}, {signed(interval[1])}]
        </span>
      </p>
      <dl className={styles.numbers}>
        <div>
          <dt>Probability of improvement</dt>
          <dd>
            {fixed(100 * probabilityOfImprovement, 0)} % [{fixed(100 * probabilityCi95[0], 0)},{' '}
            {fixed(100 * probabilityCi95[1], 0)}]
          </dd>
        </div>
      </dl>
      <p className={styles.verdict}>{verdict}</p>
    </div>
  );
}

const signed = (value: number): string => (value > 0 ? `+${fixed(value, 1)}` : fixed(value, 1));
