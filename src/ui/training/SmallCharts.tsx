import { Plus, RotateCcw } from 'lucide-react';
import { defaultCharts } from '../charts/chartSettings.ts';
import { chartSettingsStore } from '../charts/chartSettingsStore.ts';
import { MetricChart } from '../charts/MetricChart.tsx';
import { seriesNames } from '../charts/runSeries.ts';
import { Button } from '../components/Button.tsx';
import { MenuButton } from '../components/MenuButton.tsx';
import { useStore } from '../store.ts';
import styles from './TrainView.module.css';

/** The small charts that a person chose, in their order. */
export function SmallCharts() {
  const { shown } = useStore(chartSettingsStore);
  const areDefault = shown.join() === defaultCharts.join();
  const icon = { size: 14, 'aria-hidden': true } as const;
  return (
    <>
      <div className={styles.grid}>
        {shown.map((name) => (
          <MetricChart key={name} name={name} />
        ))}
      </div>
      <div className={styles.addBar}>
        {shown.length < seriesNames.length && (
          <MenuButton
            label="Add chart"
            text="Add chart"
            icon={<Plus {...icon} />}
            items={async () => (await import('../charts/runChartItems.tsx')).addItems()}
          />
        )}
        {!areDefault && (
          <Button
            icon={<RotateCcw {...icon} />}
            onClick={() => chartSettingsStore.update((settings) => ({ ...settings, shown: defaultCharts }))}
          >
            Default charts
          </Button>
        )}
      </div>
    </>
  );
}
