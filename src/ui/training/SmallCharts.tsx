import { useRun } from '../charts/chartContext.ts';
import { MetricChart } from '../charts/MetricChart.tsx';
import { largestEntropy } from './policyRows.ts';
import styles from './TrainView.module.css';

/** Losses, off-policy correction, and where the time goes. */
export function SmallCharts() {
  const { hyperparameters: h, env } = useRun();
  const mostUndecided = largestEntropy(env.actionSpace);
  const clip = h.maxGradNorm > 0 ? h.maxGradNorm : undefined;
  return (
    <div className={styles.grid}>
      <MetricChart name="policyLoss" />
      <MetricChart name="baselineLoss" startsAtZero />
      <MetricChart
        name="entropy"
        startsAtZero
        aside={mostUndecided ? `at most ${mostUndecided.toFixed(2)}` : undefined}
      />
      <MetricChart name="importanceWeight" level={1} />
      <MetricChart name="gradNorm" startsAtZero level={clip} aside={clip ? `clipped at ${clip}` : undefined} />
      <MetricChart name="learningRate" startsAtZero aside={h.lrSchedule === 'linear' ? 'linear to 0' : 'constant'} />
      <MetricChart name="framesPerSecond" startsAtZero />
      <MetricChart name="policyLag" startsAtZero />
      <MetricChart name="queue" startsAtZero />
    </div>
  );
}
