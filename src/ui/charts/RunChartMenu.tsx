/** The menu of a chart of the run on show. */
import { ArrowLeft, ArrowRight, ChartNoAxesCombined, ChartSpline, EyeOff, Info, Link } from 'lucide-react';
import type { RefObject } from 'react';
import type { MenuItem } from '../components/MenuButton.tsx';
import { copyText } from '../copyText.ts';
import { hrefOf } from '../routes.ts';
import { keptRunStore } from '../runs/runsStore.ts';
import { useRunName } from '../training/useRunName.ts';
import { ChartMenu } from './ChartMenu.tsx';
import type { ChartContent } from './chartContent.ts';
import { chartViewStore, type RunOnShow, useRun } from './chartContext.ts';
import { hideChart, moveChart } from './chartLayout.ts';
import { type ChartName, lookOf } from './chartSettings.ts';
import { chartSettingsStore } from './chartSettingsStore.ts';
import { toggleLook } from './LookChips.tsx';
import { type SeriesName, seriesSpec } from './runSeries.ts';
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
  const after = () => [...linkItems(run), ...(name === 'episodeReturn' ? [] : placeItems(name))];
  return <ChartMenu title={title} content={() => content(runName)} before={before} after={after} />;
}

function linkItems({ stored }: RunOnShow): MenuItem[] {
  const id = stored?.id ?? keptRunStore.get();
  if (!id) return [];
  const link = () => new URL(hrefOf('train', id, viewToQuery(chartViewStore.get())), location.href).href;
  return [{ icon: <Link {...icon} />, label: 'Copy link to this view', act: () => void copyText(link()) }];
}

/** Where a small chart stands. */
function placeItems(name: SeriesName): MenuItem[] {
  const { shown } = chartSettingsStore.get();
  const at = shown.indexOf(name);
  const items: (MenuItem | false)[] = [
    at > 0 && { icon: <ArrowLeft {...icon} />, label: 'Move earlier', act: () => moveChart(name, at - 1) },
    at < shown.length - 1 && {
      icon: <ArrowRight {...icon} />,
      label: 'Move later',
      act: () => moveChart(name, at + 1),
    },
    { icon: <EyeOff {...icon} />, label: 'Hide', act: () => hideChart(name) },
  ];
  return items.filter((item) => item !== false).map((item, i) => ({ ...item, beginsGroup: i === 0 }));
}
