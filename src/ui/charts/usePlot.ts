/** What every chart of a run does: it takes its turns, keeps its domains, and lets the pointer move the hairline. */
import { useCallback, useEffect, useRef, useState } from 'react';
import { useElementSize } from '../components/useElementSize.ts';
import { Store, useStore } from '../store.ts';
import { chartViewStore, useRun, useTurns } from './chartContext.ts';
import type { ChartName } from './chartSettings.ts';
import { useLook } from './chartSettingsStore.ts';
import type { ChartDomains, DomainsOf } from './domains.ts';
import type { Scales } from './scales.ts';
import { usePointerHairline } from './usePointerHairline.ts';

/** @param domainsOf must stay the same function from render to render */
export function usePlot(name: ChartName, domainsOf: DomainsOf) {
  const run = useRun();
  const view = useStore(chartViewStore);
  const look = useLook(name);
  const frame = useRef<HTMLDivElement>(null);
  const size = useElementSize(frame);
  const [domains, setDomains] = useState<ChartDomains | null>(null);
  const [turn] = useState(() => new Store(0));
  const [scales] = useState(() => new Store<Scales | null>(null));
  const pointer = usePointerHairline(scales, run.hairline);

  const update = useCallback(() => {
    run.series.sync(view.smoothing);
    setDomains((previous) => domainsOf(run, view, look, previous));
    turn.update((count) => count + 1);
  }, [run, view, look, domainsOf, turn]);
  useTurns(frame, update);
  // Another axis, range, smoothing or look is drawn at once, without waiting for data.
  useEffect(() => update(), [update]);

  return { run, view, look, frame, ...size, domains, turn, scales, pointer };
}
