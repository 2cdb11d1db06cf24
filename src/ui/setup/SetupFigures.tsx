/** What the settings come to: time, memory, network, changes; and what this browser gives. */
import { specOf } from '../../config/hyperparameters.ts';
import { hyperparametersOf } from '../../config/presets.ts';
import type { EnvDefinition } from '../../envs/env.ts';
import { bytes, compact, count, whole } from '../format.ts';
import { useStore } from '../store.ts';
import { BrowserChecks } from './BrowserChecks.tsx';
import { DryRunPanel } from './DryRunPanel.tsx';
import { type Estimates, estimatesOf } from './estimates.ts';
import { valueText } from './fieldHints.ts';
import { changedNames, type FormState } from './formState.ts';
import { gpuMemoryWarning, largestOnGpu } from './gpuMemory.ts';
import { gpuStore, machine } from './machine.ts';
import { NetworkDiagram } from './NetworkDiagram.tsx';
import { NetworkTable } from './NetworkTable.tsx';
import styles from './SetupSummary.module.css';
import { SweepPanel } from './SweepPanel.tsx';
import { TimeEstimate } from './TimeEstimate.tsx';

interface Props {
  readonly form: FormState;
  readonly definition: EnvDefinition | undefined;
  readonly numProblems: number;
}

export function SetupFigures({ form, definition, numProblems }: Props) {
  const estimates = definition && estimatesOf(form.values, definition.spec, machine);
  return (
    <>
      {estimates && <EstimatePanel estimates={estimates} hasProblems={numProblems > 0} />}
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
    </>
  );
}

function EstimatePanel({ estimates, hasProblems }: { readonly estimates: Estimates; readonly hasProblems: boolean }) {
  const limit = largestOnGpu(useStore(gpuStore), estimates.resolved.device);
  const { learner } = estimates;
  const warning = limit === null ? null : gpuMemoryWarning(estimates.resolved, learner, limit);
  const rows: readonly (readonly [string, string, string])[] = [
    ['Parameters', whole(estimates.numParameters), ''],
    [limit === null ? 'Memory of the learner' : 'GPU memory', `≈ ${bytes(learner.total)}`, 'for an update'],
    ['Largest array of it', bytes(learner.largest.bytes), limit === null ? '' : `of ${bytes(limit)} at most`],
    ['Env steps per update', whole(estimates.framesPerUpdate), ''],
    ['Updates', whole(estimates.numUpdates), `in ${compact(estimates.resolved.numTrainSteps)} steps`],
    ['Rollout memory', bytes(estimates.rolloutBytes), `shared, ${count(estimates.numRollouts, 'rollout')}`],
  ];
  return (
    <section className={styles.section} aria-label="Estimate">
      <h2>Estimate</h2>
      <dl className={styles.rows}>
        <TimeEstimate estimates={estimates} hasProblems={hasProblems} />
        {rows.map(([label, value, detail]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>
              <b>{value}</b> <small>{detail}</small>
            </dd>
          </div>
        ))}
      </dl>
      {warning && <p className={styles.warning}>{warning}</p>}
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
