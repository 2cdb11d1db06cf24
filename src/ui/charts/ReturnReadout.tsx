/** What the hairline stands on, in numbers. */
import { useEffect, useRef } from 'react';
import { duration, fixed, whole } from '../format.ts';
import { type Store, useStore } from '../store.ts';
import { chartViewStore, type RunOnShow, useRun } from './chartContext.ts';
import styles from './charts.module.css';
import { indexAt } from './runSeries.ts';
import { pixel, type Scales } from './scales.ts';

const boxWidth = 216;

/** Episodes around the hairline that minimum and maximum are taken over. */
const neighbours = 16;

interface Props {
  readonly scales: Store<Scales | null>;
  readonly valueAt: (x: number) => number;
}

/** The box follows the pointer past React, in a layer of its own as the hairline does. */
export function ReturnReadout({ scales, valueAt }: Props) {
  const { hairline } = useRun();
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const move = () => {
      const [now, at] = [scales.get(), hairline.get()];
      if (!box.current) return;
      box.current.hidden = !now || at === null;
      if (!now || at === null) return;
      const x = pixel(now.x, at);
      const left = x + 12 + boxWidth > now.plot.x + now.plot.width ? x - 12 - boxWidth : x + 12;
      box.current.style.transform = `translateX(${left}px)`;
      // The box keeps off the line.
      box.current.dataset.side = pixel(now.y, valueAt(at)) > now.plot.y + now.plot.height / 2 ? 'top' : 'bottom';
    };
    move();
    const ends = [hairline.subscribe(move), scales.subscribe(move)];
    return () => {
      for (const end of ends) end();
    };
  }, [hairline, scales, valueAt]);
  return (
    <div ref={box} className={styles.readout} hidden>
      <Reading valueAt={valueAt} />
    </div>
  );
}

function Reading({ valueAt }: Pick<Props, 'valueAt'>) {
  const run = useRun();
  const at = useStore(run.reading);
  const { axis } = useStore(chartViewStore);
  if (at === null) return null;
  const series = run.series.returns(axis);
  const index = indexAt(series, at);
  if (index < 0) return null;
  const around = series.pyramid.summarize(index - neighbours / 2 + 1, index + neighbours / 2 + 1);
  const evaluation = evaluationBefore(run, at);
  return (
    <dl>
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
