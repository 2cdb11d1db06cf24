/** One run while it goes on and after it ended: its state, its curves, its policy playing, its workers. */
import { useEffect, useMemo } from 'react';
import { findEnv } from '../../envs/registry.ts';
import { currentHyperparameters } from '../../trainer/session.ts';
import { chartViewStore, RunContext, type RunOnShow } from '../charts/chartContext.ts';
import { ReturnChart } from '../charts/ReturnChart.tsx';
import { RunSeries } from '../charts/runSeries.ts';
import { Turns } from '../charts/turns.ts';
import { useAgent, useRunState } from '../session.ts';
import { Store } from '../store.ts';
import { ActorsTable } from './ActorsTable.tsx';
import { EnginePanel } from './EnginePanel.tsx';
import { EvaluationReport } from './EvaluationReport.tsx';
import { EvaluationsTable } from './EvaluationsTable.tsx';
import { FailureBanner } from './FailureBanner.tsx';
import { FinishedBanner } from './FinishedBanner.tsx';
import { Kpis } from './Kpis.tsx';
import { LivePolicy } from './LivePolicy.tsx';
import { LogPanel } from './LogPanel.tsx';
import { NoRun } from './NoRun.tsx';
import { RunHeader } from './RunHeader.tsx';
import { RunRuler } from './RunRuler.tsx';
import { SavedWeightsPanel } from './SavedWeightsPanel.tsx';
import { SmallCharts } from './SmallCharts.tsx';
import styles from './TrainView.module.css';
import { usePageTitle } from './usePageTitle.ts';

export function TrainView() {
  const agent = useAgent();
  const run = useMemo((): RunOnShow | null => {
    const hyperparameters = currentHyperparameters();
    if (!agent || !hyperparameters) return null;
    return {
      agent,
      hyperparameters,
      env: findEnv(hyperparameters.env).spec,
      series: new RunSeries(() => agent.record, chartViewStore.get().smoothing),
      turns: new Turns(),
      hairline: new Store<number | null>(null),
    };
  }, [agent]);
  return run ? (
    <RunContext value={run}>
      <RunPage run={run} />
    </RunContext>
  ) : (
    <NoRun />
  );
}

function RunPage({ run }: { readonly run: RunOnShow }) {
  const state = useRunState(run.agent);
  useEffect(() => run.agent.subscribe(() => run.turns.dataChanged()), [run]);
  usePageTitle(run, state);
  // An agent that only evaluates the weights of a file has no curves to show.
  const hasTrained = state.status !== 'idle';
  return (
    <div className={styles.view}>
      <RunHeader state={state} />
      {hasTrained && <RunRuler />}
      {state.status === 'failed' && <FailureBanner reason={state.reason} />}
      {state.status === 'finished' && <FinishedBanner stopped={state.stopped} />}
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
          <LivePolicy state={state} />
          {hasTrained && <ActorsTable />}
          <EvaluationsTable />
          {hasTrained && <SavedWeightsPanel />}
          {hasTrained && <EnginePanel />}
          <LogPanel />
        </div>
      </div>
    </div>
  );
}
