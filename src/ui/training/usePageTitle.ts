import { useEffect } from 'react';
import type { RunState } from '../../trainer/run.ts';
import type { RunOnShow } from '../charts/chartContext.ts';
import { whole } from '../format.ts';
import { isBusy } from '../session.ts';
import { useRunName } from './useRunName.ts';

/** Tells in the tab how a run goes that is out of sight. */
export function usePageTitle(run: RunOnShow, state: RunState): void {
  const name = useRunName();
  useEffect(() => {
    const show = () => {
      const share = (100 * run.agent.record.frames) / run.hyperparameters.numTrainSteps;
      const sign = state.status === 'paused' ? '❚❚' : '▶';
      document.title = isBusy(state) ? `${sign} ${whole(share)} % · ${name} · Pronk` : 'Pronk';
    };
    show();
    const timer = setInterval(show, 2000);
    return () => {
      clearInterval(timer);
      document.title = 'Pronk';
    };
  }, [run, state, name]);
}
