/** Plays a policy on fixed seeds, at any time, says how well it does, and shows any of the episodes again. */
import { useEffect, useState } from 'react';
import { EmptyView } from '../components/EmptyView.tsx';
import { useStore } from '../store.ts';
import { EpisodesTable } from './EpisodesTable.tsx';
import { EvaluateHeader, OpenFileButton } from './EvaluateHeader.tsx';
import styles from './EvaluateView.module.css';
import { choiceStore, type EvaluationOnShow, resultStore, seedStore } from './evaluation.ts';
import { Player } from './Player.tsx';
import { usePolicySources } from './policySources.ts';
import { ResultPanel } from './ResultPanel.tsx';
import { binsOf, type ChosenBin, ReturnHistogram } from './ReturnHistogram.tsx';

/** `run` is the one whose newest weights are chosen first; empty for whatever there is. */
export function EvaluateView({ run }: { readonly run: string }) {
  const sources = usePolicySources();
  const result = useStore(resultStore);
  const seed = useStore(seedStore);
  const newestOfRun = sources?.find((source) => source.run === run)?.id;
  useEffect(() => {
    if (newestOfRun !== undefined) choiceStore.set({ first: newestOfRun, second: null });
  }, [newestOfRun]);
  if (!sources) return null;
  if (sources.length === 0) return <NoPolicy />;
  return (
    <>
      <EvaluateHeader sources={sources} />
      {result === null || seed === null ? (
        <p className={styles.hint}>
          Episodes are played in a worker of their own, so a run may go on meanwhile. The same seeds give the same
          episodes, so that policies are compared on equal terms.
        </p>
      ) : (
        <div className={styles.columns}>
          <div className={styles.stage}>
            <Player result={result} seed={seed} />
          </div>
          <Side key={result.id} result={result} />
        </div>
      )}
    </>
  );
}

function Side({ result }: { readonly result: EvaluationOnShow }) {
  const [chosen, setChosen] = useState<ChosenBin | null>(null);
  const bins = binsOf(result);
  return (
    <div className={styles.side}>
      <ResultPanel result={result} />
      <ReturnHistogram result={result} bins={bins} chosen={chosen} onChoose={setChosen} />
      <EpisodesTable result={result} bins={bins} chosen={chosen} onShowAll={() => setChosen(null)} />
    </div>
  );
}

const NoPolicy = () => (
  <EmptyView
    title="Nothing to evaluate yet"
    text="Train a run, or open a weights file that one was saved to. It says itself which environment it plays."
  >
    <OpenFileButton onOpen={(source) => choiceStore.set({ first: source.id, second: null })} />
  </EmptyView>
);
