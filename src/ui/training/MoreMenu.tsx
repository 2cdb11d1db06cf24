import { ChartColumn, Download, FileJson, FlaskConical, Settings2, Share2, Table } from 'lucide-react';
import type { RunState } from '../../trainer/run.ts';
import { type RunOnShow, useRun } from '../charts/chartContext.ts';
import { MenuButton, type MenuItem } from '../components/MenuButton.tsx';
import { goTo } from '../routes.ts';
import { downloadConfiguration, downloadMetrics, downloadWeights, evaluate } from '../runActions.ts';
import { duplicateRun } from '../runs/runsActions.ts';
import { keptRunStore } from '../runs/runsStore.ts';
import { fileStemOf } from './useRunName.ts';

/** What is wanted less often. */
export function MoreMenu({ state }: { readonly state: RunState }) {
  const run = useRun();
  return <MenuButton label="More" items={() => itemsFor(run, state)} />;
}

/** Only what can be done with the run as it is. */
function itemsFor(run: RunOnShow, state: RunState): MenuItem[] {
  const { agent, hyperparameters: h, stored } = run;
  const icon = { size: 14, 'aria-hidden': true } as const;
  const isEvaluable = !stored && ['idle', 'training', 'paused', 'finished'].includes(state.status);
  const items: (MenuItem | false)[] = [
    { icon: <Download {...icon} />, label: 'Download weights', act: () => downloadWeights(agent, fileStemOf(run)) },
    {
      icon: <Share2 {...icon} />,
      label: 'Export to other formats',
      act: () => goTo('export', stored?.id ?? ''),
    },
    { icon: <Table {...icon} />, label: 'Download metrics.csv', act: () => downloadMetrics(agent, fileStemOf(run)) },
    {
      icon: <FileJson {...icon} />,
      label: 'Download config.json',
      act: () => downloadConfiguration(h, fileStemOf(run)),
    },
    isEvaluable && {
      icon: <FlaskConical {...icon} />,
      label: `Evaluate now, ${h.numEvalEpisodes} episodes`,
      act: () => void evaluate(agent, h.numEvalEpisodes),
    },
    {
      icon: <ChartColumn {...icon} />,
      label: 'Evaluate and watch',
      act: () => goTo('evaluate', stored?.id ?? keptRunStore.get() ?? ''),
    },
    {
      icon: <Settings2 {...icon} />,
      label: 'Change the settings',
      act: () => (stored ? duplicateRun(stored) : goTo('configure')),
    },
  ];
  return items.filter((item) => item !== false);
}
