/** The chart in a sentence, for people who do not see it. It is renewed every few seconds, not with every episode. */
import { useEffect, useState } from 'react';
import { compact, count, fixed } from '../format.ts';
import { type RunOnShow, useRun } from './chartContext.ts';

const renewEveryMs = 5000;

export function ReturnSentence() {
  const run = useRun();
  const [sentence, setSentence] = useState(() => returnSentence(run));
  useEffect(() => {
    const renew = () => setSentence(returnSentence(run));
    renew();
    const timer = setInterval(renew, renewEveryMs);
    return () => clearInterval(timer);
  }, [run]);
  return <figcaption className="visually-hidden">{sentence}</figcaption>;
}

function returnSentence({ series }: RunOnShow): string {
  const { pyramid } = series.smoothed('frames');
  if (pyramid.length === 0) return 'No episode has finished yet.';
  const [first, last] = [pyramid.valueAt(Math.min(20, pyramid.length - 1)), pyramid.valueAt(pyramid.length - 1)];
  const evaluation = series.record.evaluations.at(-1);
  const verb = last > first ? 'rose' : 'fell';
  return (
    `The moving average of ${count(pyramid.length, 'episode')} ${verb} from ${fixed(first, 1)} to ${fixed(last, 1)} ` +
    `over ${compact(series.record.frames)} env steps.` +
    (evaluation
      ? ` The last evaluation is ${fixed(evaluation.iqm, 1)}, its interval ${fixed(evaluation.iqmCi95[0], 1)} to ${fixed(evaluation.iqmCi95[1], 1)}.`
      : '')
  );
}
