/** What people take away: the policy in formats that work anywhere, everything of the run in a zip, and how to use and repeat it. */
import { useEffect, useEffectEvent, useState } from 'react';
import { EmptyView } from '../components/EmptyView.tsx';
import { WeightsSelect } from '../components/WeightsSelect.tsx';
import { messageOf } from '../notices.ts';
import { type RunWeights, useRunWeights } from '../runs/runWeights.ts';
import { ChartsPanel } from './ChartsPanel.tsx';
import { EverythingPanel } from './EverythingPanel.tsx';
import styles from './ExportView.module.css';
import { type PreparedExport, prepareExport } from './exportFiles.ts';
import { FilmPanel } from './FilmPanel.tsx';
import { ReproducePanel } from './ReproducePanel.tsx';
import { UsePanel } from './UsePanel.tsx';
import { WeightsPanel } from './WeightsPanel.tsx';

/** `run` is the id of the one to begin with; empty for the present one. */
export function ExportView({ run }: { readonly run: string }) {
  const sources = useRunWeights();
  const [chosen, setChosen] = useState<string | null>(null);
  if (!sources) return null;
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

/** Its key is the source's id. The files are of that moment: a run that goes on does not change them under the pointer. */
function Prepared({ source }: { readonly source: RunWeights }) {
  const [preparation, setPreparation] = useState<Preparation>(null);
  const prepare = useEffectEvent(() => prepareExport(source));
  useEffect(() => {
    let isWanted = true;
    const show = (next: Preparation) => {
      if (isWanted) setPreparation(next);
    };
    prepare().then(
      (done) => show({ done }),
      (error: unknown) => show({ problem: messageOf(error) }),
    );
    return () => {
      isWanted = false;
    };
  }, []);
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
      <div className={styles.column}>
        <WeightsPanel prepared={done} />
        <UsePanel prepared={done} />
        <ChartsPanel prepared={done} />
        <FilmPanel prepared={done} />
      </div>
      <div className={styles.column}>
        <EverythingPanel prepared={done} />
        <ReproducePanel prepared={done} />
      </div>
    </div>
  );
}

const NothingToExport = () => (
  <EmptyView
    title="Nothing to export yet"
    text="Train a run. Its weights can then be taken to PyTorch, ONNX, TensorFlow.js and NumPy, or anywhere in one zip."
  />
);
