import { version } from '../../../package.json';
import { CopyButton } from '../components/CopyButton.tsx';
import { formToQuery } from '../setup/formLink.ts';
import { initialForm } from '../setup/formState.ts';
import { linkToForm } from '../setup/formStore.ts';
import styles from './ExportView.module.css';
import type { PreparedExport } from './exportFiles.ts';

/** How to train the same again, and how to tell that a file is this one. */
export function ReproducePanel({ prepared: { policy, sha256 } }: { readonly prepared: PreparedExport }) {
  const form = { ...initialForm, values: policy.hyperparameters };
  const link = linkToForm(form);
  return (
    <section className={styles.panel} aria-labelledby="export-reproduce">
      <h2 id="export-reproduce">Reproduce</h2>
      <dl className={styles.facts}>
        <dt>Settings and seed</dt>
        <dd>
          <a href={link} className={styles.mono}>
            {formToQuery(form)}
          </a>
        </dd>
        <dt>Version</dt>
        <dd>Pronk {version}</dd>
        <dt>SHA-256 of the safetensors file</dt>
        <dd className={styles.mono}>{sha256}</dd>
      </dl>
      <p className={styles.doc}>
        {policy.hyperparameters.lockstep
          ? 'The run was in lockstep: the same settings on the same engine give the same bytes.'
          : 'The run was asynchronous: the same settings give a run alike, not the same bytes. Switch lockstep on for those.'}
      </p>
      <div className={styles.row}>
        <CopyButton label="Copy link" text={() => link} />
        <CopyButton label="Copy SHA-256" text={() => sha256} />
      </div>
    </section>
  );
}
