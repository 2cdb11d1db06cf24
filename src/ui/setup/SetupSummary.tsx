/** The right column: the button, and what the settings come to. */
import { Play } from 'lucide-react';
import { specOf } from '../../config/hyperparameters.ts';
import { hyperparametersOf } from '../../config/presets.ts';
import type { EnvDefinition } from '../../envs/env.ts';
import { Button } from '../components/Button.tsx';
import { bytes, compact, count, whole } from '../format.ts';
import { BrowserChecks } from './BrowserChecks.tsx';
import { DryRunPanel } from './DryRunPanel.tsx';
import { type Estimates, estimatesOf } from './estimates.ts';
import { valueText } from './fieldHints.ts';
import { changedNames, type FormState } from './formState.ts';
import { machine } from './machine.ts';
import { NetworkDiagram } from './NetworkDiagram.tsx';
import { NetworkTable } from './NetworkTable.tsx';
import styles from './SetupSummary.module.css';
import { SweepPanel } from './SweepPanel.tsx';

interface Props {
  readonly form: FormState;
  readonly definition: EnvDefinition | undefined;
  readonly numProblems: number;
  readonly onStart: () => void;
}

export function SetupSummary({ form, definition, numProblems, onStart }: Props) {
  const estimates = definition && estimatesOf(form.values, definition.spec, machine);
  return (
    <aside className={styles.summary} aria-label="Summary">
      <div className={styles.start}>
        {numProblems > 0 && (
          <p className={styles.problems} role="alert">
            {count(numProblems, 'setting')} to correct first.
          </p>
        )}
        <Button
          look="primary"
          isWide
          keys="Ctrl ↵"
          icon={<Play size={16} aria-hidden="true" />}
          aria-keyshortcuts="Control+Enter"
          onClick={onStart}
        >
          Start training
        </Button>
      </div>
      {estimates && <EstimatePanel estimates={estimates} numTrainSteps={form.values.numTrainSteps} />}
      {estimates && (
        <section className={styles.section}>
          <h2>Network</h2>
          <NetworkDiagram layers={estimates.layers} className={styles.network} />
          <NetworkTable layers={estimates.layers} />
        </section>
      )}
      <DryRunPanel form={form} hasProblems={estimates === null || numProblems > 0} />
      <ChangedPanel form={form} />
      <SweepPanel form={form} />
      <BrowserChecks />
    </aside>
  );
}

function EstimatePanel({
  estimates,
  numTrainSteps,
}: {
  readonly estimates: Estimates;
  readonly numTrainSteps: number;
}) {
  const rows: readonly (readonly [string, string, string])[] = [
    ['Parameters', whole(estimates.numParameters), ''],
    ['Weights and optimiser state', bytes(estimates.learnerBytes), ''],
    ['Largest tensor of an update', `≈ ${bytes(estimates.largestTensorBytes)}`, ''],
    ['Env steps per update', whole(estimates.framesPerUpdate), ''],
    ['Updates', whole(estimates.numUpdates), `in ${compact(numTrainSteps)} steps`],
    ['Rollout memory', bytes(estimates.rolloutBytes), `shared, ${count(estimates.numRollouts, 'rollout')}`],
  ];
  return (
    <section className={styles.section}>
      <h2>Estimate</h2>
      <dl className={styles.rows}>
        {rows.map(([label, value, detail]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>
              <b>{value}</b> <small>{detail}</small>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function ChangedPanel({ form }: { readonly form: FormState }) {
  const preset = hyperparametersOf(form.preset);
  const names = changedNames(form);
  return (
    <section className={styles.section}>
      <h2>Changed from preset</h2>
      {names.length === 0 ? (
        <p className={styles.empty}>Nothing: these are the values of the preset.</p>
      ) : (
        <dl className={styles.changes}>
          {names.map((name) => (
            <div key={name}>
              <dt>{specOf(name).label}</dt>
              <dd>{valueText(name, preset)}</dd>
              <dd aria-hidden="true">→</dd>
              <dd>
                <b>{valueText(name, form.values)}</b>
              </dd>
            </div>
          ))}
        </dl>
      )}
    </section>
  );
}
