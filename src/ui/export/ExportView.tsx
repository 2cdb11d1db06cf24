/** What people take away: the policy in formats that work anywhere, everything of the run in a zip, and how to use and repeat it. */
import { ArrowLeft } from 'lucide-react';
import { useEffect, useState } from 'react';
import buttonStyles from '../components/Button.module.css';
import { WeightsSelect } from '../components/WeightsSelect.tsx';
import { messageOf } from '../notices.ts';
import { hrefOf } from '../routes.ts';
import { EverythingPanel } from './EverythingPanel.tsx';
import styles from './ExportView.module.css';
import { type PreparedExport, prepareExport } from './exportFiles.ts';
import { type ExportSource, useExportSources } from './exportSources.ts';
import { ReproducePanel } from './ReproducePanel.tsx';
import { UsePanel } from './UsePanel.tsx';
import { WeightsPanel } from './WeightsPanel.tsx';

/** `run` is the id of the one to begin with; empty for the present one. */
export function ExportView({ run }: { readonly run: string }) {
  const sources = useExportSources();
  const [chosen, setChosen] = useState<string | null>(null);
  const source =
    sources.find(({ id }) => id === chosen) ?? sources.find((other) => run !== '' && other.run === run) ?? sources[0];
  if (!source) return <NothingToExport />;
  return (
    <>
      <header className={styles.header}>
        <h1>Export</h1>
        <WeightsSelect label="Weights" weights={sources} value={source.id} onChange={setChosen} />
      </header>
      <Prepared key={source.id} source={source} />
    </>
  );
}

type Preparation = { readonly done: PreparedExport } | { readonly problem: string } | null;

/** The files are of the moment the source was chosen: a run that goes on does not change them under the pointer. */
function Prepared({ source }: { readonly source: ExportSource }) {
  const [preparation, setPreparation] = useState<Preparation>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a source of the same id is the same, though a run that goes on makes it anew
  useEffect(() => {
    let isWanted = true;
    const show = (next: Preparation) => {
      if (isWanted) setPreparation(next);
    };
    prepareExport(source).then(
      (done) => show({ done }),
      (error: unknown) => show({ problem: messageOf(error) }),
    );
    return () => {
      isWanted = false;
    };
  }, [source.id]);
  if (!preparation) return <p className={styles.hint}>Making the files…</p>;
  if ('problem' in preparation) {
    return (
      <p className={styles.hint} role="alert">
        {preparation.problem}
      </p>
    );
  }
  const { done } = preparation;
  return (
    <div className={styles.panels}>
      <WeightsPanel prepared={done} />
      <EverythingPanel prepared={done} />
      <UsePanel prepared={done} />
      <ReproducePanel prepared={done} />
    </div>
  );
}

function NothingToExport() {
  return (
    <section className={styles.empty}>
      <h1>Nothing to export yet</h1>
      <p>
        Train a run. Its weights can then be taken to PyTorch, ONNX, TensorFlow.js and NumPy, or anywhere in one zip.
      </p>
      <a className={buttonStyles.button} href={hrefOf('configure')}>
        <ArrowLeft size={14} aria-hidden="true" /> Configure a run
      </a>
    </section>
  );
}
