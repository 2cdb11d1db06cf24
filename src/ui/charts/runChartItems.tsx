/** What can be done with a chart of the run on show. */
import {
  ArrowLeft,
  ArrowRight,
  ChartNoAxesCombined,
  ChartSpline,
  EyeOff,
  Info,
  Link,
  Maximize2,
  Plus,
} from 'lucide-react';
import type { RefObject } from 'react';
import type { MenuItem } from '../components/MenuButton.tsx';
import { copyText } from '../copyText.ts';
import { hrefOf } from '../routes.ts';
import { keptRunStore } from '../runs/runsStore.ts';
import { runNameOf } from '../training/useRunName.ts';
import type { ChartContent } from './chartContent.ts';
import { chartViewStore, type RunOnShow } from './chartContext.ts';
import { addChart, hideChart, moveChart } from './chartLayout.ts';
import { type ChartName, lookOf } from './chartSettings.ts';
import { chartSettingsStore } from './chartSettingsStore.ts';
import { fileItems } from './fileItems.tsx';
import { toggleLook } from './LookChips.tsx';
import { metricContent, returnContent } from './runContents.ts';
import { type SeriesName, seriesNames, seriesSpec } from './runSeries.ts';
import type { PlotDomains } from './scales.ts';
import { viewToQuery } from './viewQuery.ts';

export interface ShownChart {
  readonly name: ChartName;
  readonly domains: PlotDomains | null;
  /** The explanation of the chart. */
  readonly help: RefObject<HTMLDivElement | null>;
  /** It has the whole window. */
  readonly isLarge: boolean;
}

const icon = { size: 14, 'aria-hidden': true } as const;

export function runChartItems(
  run: RunOnShow,
  chart: ShownChart,
  showTable: (content: ChartContent) => void,
): MenuItem[] {
  const { name, domains, isLarge } = chart;
  const groups = [
    lookItems(run, chart),
    domains ? fileItems(() => contentOf(run, name, domains), showTable) : [],
    [...linkItems(run), ...(name === 'episodeReturn' || isLarge ? [] : placeItems(name))],
  ];
  return groups.flatMap((items, group) => items.map((item, i) => ({ ...item, beginsGroup: group > 0 && i === 0 })));
}

function contentOf(run: RunOnShow, name: ChartName, domains: PlotDomains): ChartContent {
  const [runName, view] = [runNameOf(run), chartViewStore.get()];
  return name === 'episodeReturn'
    ? returnContent(run, runName, view, domains)
    : metricContent(run, runName, name, view, domains);
}

function lookItems(run: RunOnShow, { name, help, isLarge }: ShownChart): MenuItem[] {
  const { isLog, isRobust } = lookOf(chartSettingsStore.get(), name);
  const items: (MenuItem | false)[] = [
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
    !isLarge && { icon: <Maximize2 {...icon} />, label: 'Full screen', act: () => run.fullScreen.set(name) },
  ];
  return items.filter((item) => item !== false);
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
  return items.filter((item) => item !== false);
}

/** Every series that is logged and has no chart. */
export const addItems = (): MenuItem[] =>
  seriesNames
    .filter((name) => !chartSettingsStore.get().shown.includes(name))
    .map((name) => ({ icon: <Plus {...icon} />, label: seriesSpec(name).label, act: () => addChart(name) }));
