/** The frame of the page: its views, one running agent, and what must be said whichever view is open. */
import { lazy, Suspense, useEffect } from 'react';
import { AlertBar } from './AlertBar.tsx';
import styles from './App.module.css';
import { FirstRunBar } from './FirstRunBar.tsx';
import { milestoneStore } from './notices.ts';
import { UpdateBar } from './offline/UpdateBar.tsx';
import { QuestionDialog } from './QuestionDialog.tsx';
import { useRoute } from './routes.ts';
import { endStoreStore } from './runActions.ts';
import { keptRunStore } from './runs/runsStore.ts';
import { isBusy, useAgent, useRunState } from './session.ts';
import { ConfigureView } from './setup/ConfigureView.tsx';
import { commandSearchStore, shortcutListStore } from './shortcuts.ts';
import { useStore } from './store.ts';
import { ToastBar } from './ToastBar.tsx';
import { TopBar } from './TopBar.tsx';

/** Charts are the larger half of the page's code, and nobody needs them before a run. */
const loadTrainView = () => import('./training/TrainView.tsx');
const TrainView = lazy(async () => ({ default: (await loadTrainView()).TrainView }));
const IsolationScreen = lazy(async () => ({ default: (await import('./IsolationScreen.tsx')).IsolationScreen }));
const ShortcutList = lazy(async () => ({ default: (await import('./ShortcutList.tsx')).ShortcutList }));
const RunsView = lazy(async () => ({ default: (await import('./runs/RunsView.tsx')).RunsView }));
const BenchmarkView = lazy(async () => ({ default: (await import('./benchmark/BenchmarkView.tsx')).BenchmarkView }));
const EvaluateView = lazy(async () => ({ default: (await import('./evaluate/EvaluateView.tsx')).EvaluateView }));
const ExportView = lazy(async () => ({ default: (await import('./export/ExportView.tsx')).ExportView }));
const CommandDialog = lazy(async () => ({ default: (await import('./CommandDialog.tsx')).CommandDialog }));

export function App() {
  const { view, part } = useRoute();
  const state = useRunState(useAgent());
  const isSearching = useStore(commandSearchStore);
  const isKept = useStore(keptRunStore) !== null;
  const isAskedForKeys = useStore(shortcutListStore);
  const isEndStored = useStore(endStoreStore) === 'stored';
  const wouldLose = isBusy(state) ? !isKept : !isEndStored;
  useEffect(() => {
    // Safari has no idle callback.
    if (typeof requestIdleCallback === 'function') requestIdleCallback(() => void loadTrainView());
  }, []);
  useEffect(() => {
    if (view) scrollTo(0, 0);
  }, [view]);
  useEffect(() => {
    if (!wouldLose) return;
    const askBeforeLeaving = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener('beforeunload', askBeforeLeaving);
    return () => removeEventListener('beforeunload', askBeforeLeaving);
  }, [wouldLose]);

  if (!crossOriginIsolated) {
    return (
      <Suspense>
        <IsolationScreen />
      </Suspense>
    );
  }
  return (
    <div className={styles.page}>
      <TopBar view={view} state={state} />
      <UpdateBar isRunning={isBusy(state)} />
      <AlertBar />
      <FirstRunBar view={view} state={state} />
      <main>
        {view === 'configure' ? (
          <ConfigureView />
        ) : (
          <Suspense fallback={<p className={styles.loading}>Loading…</p>}>
            {view === 'train' && <TrainView />}
            {view === 'runs' && <RunsView isComparing={part === 'compare'} />}
            {view === 'benchmark' && <BenchmarkView />}
            {view === 'evaluate' && <EvaluateView run={part} />}
            {view === 'export' && <ExportView run={part} />}
          </Suspense>
        )}
      </main>
      <Milestones />
      <QuestionDialog />
      <ToastBar />
      {isAskedForKeys && (
        <Suspense>
          <ShortcutList />
        </Suspense>
      )}
      {isSearching && (
        <Suspense>
          <CommandDialog />
        </Suspense>
      )}
    </div>
  );
}

/** Speaks milestones to people who listen to the page. */
function Milestones() {
  return (
    <p className="visually-hidden" role="status">
      {useStore(milestoneStore)}
    </p>
  );
}
