/** Evaluations: a diamond at the interquartile mean, over the whiskers of its confidence interval. */
import { type Store, useStore } from '../store.ts';
import { chartViewStore, useRun } from './chartContext.ts';
import { useClip, useScales } from './layers.tsx';
import { type PlotDomains, pixel } from './scales.ts';

export function EvaluationMarks({ domains, turn }: { readonly domains: PlotDomains; readonly turn: Store<number> }) {
  const run = useRun();
  const { axis } = useStore(chartViewStore);
  useStore(turn);
  const scales = useScales(domains);
  const clip = useClip(scales, 7);
  if (!scales) return null;
  return (
    <g clipPath={`url(#${clip.id})`} stroke="var(--s2)" strokeWidth={1.4} pointerEvents="none">
      {clip.element}
      {run.series.record.evaluations.map((evaluation) => {
        const x = pixel(scales.x, run.series.xOfEvaluation(evaluation, axis));
        const [low, middle, high] = [evaluation.iqmCi95[0], evaluation.iqm, evaluation.iqmCi95[1]].map((value) =>
          pixel(scales.y, value),
        ) as [number, number, number];
        return (
          <g key={`${evaluation.policyVersion} ${evaluation.episodes}`}>
            <path d={`M${x} ${low}V${high}M${x - 3.5} ${low}h7M${x - 3.5} ${high}h7`} fill="none" />
            <path d={`M${x} ${middle - 5}l5 5l-5 5l-5 -5z`} fill="var(--panel)" />
          </g>
        );
      })}
    </g>
  );
}

/** The same mark for legends. */
export function EvaluationKey() {
  return (
    <svg width="14" height="16" viewBox="0 0 14 16" fill="none" stroke="var(--s2)" strokeWidth="1.4" aria-hidden="true">
      <path d="M7 1v14M4 1h6M4 15h6" />
      <path d="M7 4l4 4l-4 4l-4 -4z" fill="var(--panel)" />
    </svg>
  );
}
