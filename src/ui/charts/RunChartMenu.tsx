/** The menu of a chart of the run on show. */
import { ChartNoAxesCombined, ChartSpline, Info, Link } from 'lucide-react';
import type { RefObject } from 'react';
import type { MenuItem } from '../components/MenuButton.tsx';
import { copyText } from '../copyText.ts';
import { hrefOf } from '../routes.ts';
import { keptRunStore } from '../runs/runsStore.ts';
import { useRunName } from '../training/useRunName.ts';
import { ChartMenu } from './ChartMenu.tsx';
import type { ChartContent } from './chartContent.ts';
import { chartViewStore, useRun } from './chartContext.ts';
import { type ChartName, lookOf } from './chartSettings.ts';
import { chartSettingsStore } from './chartSettingsStore.ts';
import { toggleLook } from './LookChips.tsx';
import { seriesSpec } from './runSeries.ts';
import { viewToQuery } from './viewQuery.ts';

interface Props {
  readonly name: ChartName;
  /** The explanation of the chart. */
  readonly help: RefObject<HTMLDivElement | null>;
  readonly content: (runName: string) => Promise<ChartContent>;
}

const icon = { size: 14, 'aria-hidden': true } as const;

export function RunChartMenu({ name, help, content }: Props) {
  const run = useRun();
  const runName = useRunName();
  const title = name === 'episodeReturn' ? 'Episode return' : seriesSpec(name).label;
  const before = (): MenuItem[] => {
    const { isLog, isRobust } = lookOf(chartSettingsStore.get(), name);
    return [
      { icon: <Info {...icon} />, label: 'Explain', act: () => help.current?.showPopover() },
      {
        icon: <ChartSpline {...icon} />,
        label: 'Logarithmic y axis',
        isOn: isLog,
        act: () => toggleLook('log', name),
      },
      {
        icon: <ChartNoAxesCombined {...icon} />,
        label: 'Leave outliers out',
        isOn: isRobust,
        act: () => toggleLook('robust', name),
      },
    ];
  };
  const after = (): MenuItem[] => {
    const id = run.stored?.id ?? keptRunStore.get();
    if (!id) return [];
    const link = () => new URL(hrefOf('train', id, viewToQuery(chartViewStore.get())), location.href).href;
    return [{ icon: <Link {...icon} />, label: 'Copy link to this view', act: () => void copyText(link()) }];
  };
  return <ChartMenu title={title} content={() => content(runName)} before={before} after={after} />;
}
