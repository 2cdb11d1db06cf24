import { chartSettingsStore } from '../charts/chartSettingsStore.ts';
import { MetricChart } from '../charts/MetricChart.tsx';
import { useStore } from '../store.ts';
import styles from './TrainView.module.css';

/** The small charts that a person chose, in their order. */
export function SmallCharts() {
  const { shown } = useStore(chartSettingsStore);
  return (
    <div className={styles.grid}>
      {shown.map((name) => (
        <MetricChart key={name} name={name} />
      ))}
    </div>
  );
}
