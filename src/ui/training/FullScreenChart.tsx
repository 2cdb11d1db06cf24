/** One chart over the whole window. Arrow keys go through the charts. */
import { ChevronLeft, ChevronRight, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { useRun } from '../charts/chartContext.ts';
import type { ChartName } from '../charts/chartSettings.ts';
import { chartSettingsStore } from '../charts/chartSettingsStore.ts';
import { Button } from '../components/Button.tsx';
import { Dialog } from '../components/Dialog.tsx';
import { useShortcut } from '../shortcuts.ts';
import { useStore } from '../store.ts';
import styles from './FullScreenChart.module.css';

interface Props {
  readonly name: ChartName;
  /** The chart itself. */
  readonly children: ReactNode;
}

export function FullScreenChart({ name, children }: Props) {
  const { fullScreen } = useRun();
  const { shown } = useStore(chartSettingsStore);
  const charts: readonly ChartName[] = ['episodeReturn', ...shown];
  const at = charts.indexOf(name);
  const goBy = (step: number) => fullScreen.set(charts.at((at + step) % charts.length) ?? null);
  useShortcut({ key: 'arrowleft', name: '←', does: 'Previous chart' }, () => goBy(-1));
  useShortcut({ key: 'arrowright', name: '→', does: 'Next chart' }, () => goBy(1));
  const icon = { size: 16, 'aria-hidden': true } as const;
  return (
    <Dialog title={`Chart ${at + 1} of ${charts.length}`} size="full" onClose={() => fullScreen.set(null)}>
      <div className={styles.buttons}>
        <Button aria-label="Previous chart" icon={<ChevronLeft {...icon} />} onClick={() => goBy(-1)} />
        <Button aria-label="Next chart" icon={<ChevronRight {...icon} />} onClick={() => goBy(1)} />
        <Button icon={<X {...icon} />} keys="Esc" onClick={() => fullScreen.set(null)}>
          Close
        </Button>
      </div>
      {children}
    </Dialog>
  );
}
