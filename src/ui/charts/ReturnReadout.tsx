/** What the hairline stands on, in numbers. */
import { duration, fixed, whole } from '../format.ts';
import { type Store, useStore } from '../store.ts';
import { chartViewStore, type RunOnShow, useRun } from './chartContext.ts';
import styles from './charts.module.css';
import { indexAt } from './runSeries.ts';
import { pixel, type Scales } from './scales.ts';

const boxWidth = 192;

/** Episodes around the hairline that minimum and maximum are taken over. */
const neighbours = 16;

interface Props {
  readonly scales: Store<Scales | null>;
  readonly valueAt: (x: number) => number;
}

export function ReturnReadout({ scales, valueAt }: Props) {
  const run = useRun();
  const at = useStore(run.hairline);
  const now = useStore(scales);
  const { axis } = useStore(chartViewStore);
  if (at === null || !now) return null;
  const series = run.series.returns(axis);
  const index = indexAt(series, at);
  if (index < 0) return null;
  const around = series.pyramid.summarize(index - neighbours / 2 + 1, index + neighbours / 2 + 1);
  const evaluation = evaluationBefore(run, at);
  const x = pixel(now.x, at);
  const left = x + 12 + boxWidth > now.plot.x + now.plot.width ? x - 12 - boxWidth : x + 12;
  const isLineLow = pixel(now.y, valueAt(at)) > now.plot.y + now.plot.height / 2; // The box keeps off the line.
  return (
    <dl className={styles.readout} style={isLineLow ? { left, top: 18 } : { left, bottom: 40 }}>
      <div className={styles.at}>
        <dt>{axis === 'seconds' ? 'time' : axis === 'frames' ? 'step' : 'episode'}</dt>
        <dd>{axis === 'seconds' ? duration(at) : whole(at)}</dd>
      </div>
      <div>
        <dt>moving average</dt>
        <dd>{fixed(valueAt(at), 1)}</dd>
      </div>
      <div>
        <dt>min … max, {around.count} ep.</dt>
        <dd>
          {shortReturn(around.min)} … {shortReturn(around.max)}
        </dd>
      </div>
      {evaluation && (
        <div>
          <dt>last evaluation</dt>
          <dd>
            {fixed(evaluation.iqm, 1)} [{shortReturn(evaluation.iqmCi95[0])}, {shortReturn(evaluation.iqmCi95[1])}]
          </dd>
        </div>
      )}
    </dl>
  );
}

const shortReturn = (value: number): string => fixed(value, Math.abs(value) < 10 && !Number.isInteger(value) ? 1 : 0);

const evaluationBefore = (run: RunOnShow, at: number) =>
  run.series.record.evaluations.findLast(
    (evaluation) => run.series.xOfEvaluation(evaluation, chartViewStore.get().axis) <= at,
  );
