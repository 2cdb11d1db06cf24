/** One run while it goes on and after it ended: its state, its curves, its policy playing, its workers. */
import { lazy, memo, Suspense, useEffect, useMemo } from 'react';
import type { Hyperparameters } from '../../config/hyperparameters.ts';
import { findEnv } from '../../envs/registry.ts';
import type { StoredRun } from '../../runs/RunStore.ts';
import type { Agent } from '../../trainer/run.ts';
import { currentHyperparameters } from '../../trainer/session.ts';
import { chartViewStore, RunContext, type RunOnShow, readingMs } from '../charts/chartContext.ts';
import type { ChartName } from '../charts/chartSettings.ts';
import { MetricChart } from '../charts/MetricChart.tsx';
import { ReturnChart } from '../charts/ReturnChart.tsx';
import { RunSeries } from '../charts/runSeries.ts';
import { Turns } from '../charts/turns.ts';
import { viewFromQuery } from '../charts/viewQuery.ts';
import { useRoute } from '../routes.ts';
import { keptRunStore, runsStore } from '../runs/runsStore.ts';
import { isBusy, useAgent, useRunState } from '../session.ts';
import { slowed } from '../slowed.ts';
import { Store, useStore } from '../store.ts';
import { ActorsTable } from './ActorsTable.tsx';
import { EnginePanel } from './EnginePanel.tsx';
import { EvaluationReport } from './EvaluationReport.tsx';
import { EvaluationsTable } from './EvaluationsTable.tsx';
import { FailureBanner } from './FailureBanner.tsx';
import { FinishedBanner } from './FinishedBanner.tsx';
import { Kpis } from './Kpis.tsx';
import { LivePolicy } from './LivePolicy.tsx';
import { LiveSettingsPanel } from './LiveSettingsPanel.tsx';
import { LogPanel } from './LogPanel.tsx';
import { NoRun } from './NoRun.tsx';
import { RunHeader } from './RunHeader.tsx';
import { RunRuler } from './RunRuler.tsx';
import { SavedWeightsPanel } from './SavedWeightsPanel.tsx';
import { SmallCharts } from './SmallCharts.tsx';
import { StoredBanner } from './StoredBanner.tsx';
import { StoredWeightsPanel } from './StoredWeightsPanel.tsx';
import styles from './TrainView.module.css';
import { useChartKeys } from './useChartKeys.ts';
import { usePageTitle } from './usePageTitle.ts';
import { useStoredRun } from './useStoredRun.ts';

const FullScreenChart = lazy(async () => ({ default: (await import('./FullScreenChart.tsx')).FullScreenChart }));

/** The run that the address names; without a name the one that this page trains, or else the newest of those stored. */
export function TrainView() {
  const agent = useAgent();
  const { part: id, query } = useRoute();
  useEffect(() => {
    if (query !== '') chartViewStore.update((view) => viewFromQuery(query, view)); // A link to a view was opened.
  }, [query]);
  const kept = useStore(keptRunStore);
  const runs = useStore(runsStore);
  const hyperparameters = currentHyperparameters();
  if (agent && hyperparameters && (id === '' || id === kept)) {
    return <Page agent={agent} hyperparameters={hyperparameters} stored={null} />;
  }
  const shown = id || runs?.find(({ status }) => status !== 'queued')?.id;
  if (shown) return <StoredPage key={shown} id={shown} />;
  return runs ? <NoRun /> : <p className={styles.message}>Reading the runs…</p>;
}

function StoredPage({ id }: { readonly id: string }) {
  const opened = useStoredRun(id);
  if (opened === undefined) return <p className={styles.message}>Reading the run…</p>;
  if (typeof opened === 'string') return <p className={styles.message}>{opened}</p>;
  return <Page agent={opened.agent} hyperparameters={opened.run.hyperparameters} stored={opened.run} />;
}

interface PageProps {
  readonly agent: Agent;
  readonly hyperparameters: Hyperparameters;
  readonly stored: StoredRun | null;
}

function Page({ agent, hyperparameters, stored }: PageProps) {
  const run = useMemo((): RunOnShow => {
    const hairline = new Store<number | null>(null);
    return {
      agent,
      stored,
      hyperparameters,
      env: findEnv(hyperparameters.env).spec,
      series: new RunSeries(() => agent.record, chartViewStore.get().smoothing),
      turns: new Turns(),
      hairline,
      reading: slowed(hairline, readingMs),
      fullScreen: new Store<ChartName | null>(null),
    };
  }, [agent, stored, hyperparameters]);
  return (
    <RunContext value={run}>
      <RunPage run={run} />
    </RunContext>
  );
}

/** Renders with the state of the run alone: what is stored meanwhile must not draw what is frozen. */
const RunPage = memo(function RunPage({ run }: { readonly run: RunOnShow }) {
  const state = useRunState(run.agent);
  useEffect(() => run.agent.subscribe(() => run.turns.dataChanged()), [run]);
  usePageTitle(run, state);
  const fullScreen = useStore(run.fullScreen);
  // An agent that only evaluates the weights of a file has no curves to show.
  const hasTrained = state.status !== 'idle';
  useChartKeys(run, hasTrained);
  const { stored } = run;
  return (
    <div className={styles.view}>
      <RunHeader state={state} />
      {hasTrained && <RunRuler />}
      {stored && <StoredBanner run={stored} />}
      {state.status === 'failed' && <FailureBanner reason={state.reason} />}
      {state.status === 'finished' && !stored && <FinishedBanner stopped={state.stopped} />}
      {hasTrained && <Kpis />}
      <div className={styles.columns}>
        <div className={styles.charts}>
          {hasTrained ? (
            <>
              <ReturnChart />
              <SmallCharts />
            </>
          ) : (
            <EvaluationReport />
          )}
        </div>
        <div className={styles.side}>
          {!stored && <LivePolicy state={state} />}
          {hasTrained && !stored && <LiveSettingsPanel isOver={!isBusy(state)} />}
          {hasTrained && !stored && <ActorsTable />}
          <EvaluationsTable />
          {hasTrained && !stored && <SavedWeightsPanel />}
          {stored && <StoredWeightsPanel run={stored} />}
          {hasTrained && <EnginePanel />}
          <LogPanel />
        </div>
      </div>
      {fullScreen && (
        <Suspense>
          <FullScreenChart name={fullScreen}>
            {fullScreen === 'episodeReturn' ? (
              <ReturnChart isLarge />
            ) : (
              <MetricChart key={fullScreen} name={fullScreen} isLarge />
            )}
          </FullScreenChart>
        </Suspense>
      )}
    </div>
  );
});
