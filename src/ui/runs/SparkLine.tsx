import { lookOfColour } from './runFacts.ts';

const [width, height] = [84, 20];

/** A run at a glance: means of its episodes' returns, from its lowest to its highest. */
export function SparkLine({ values, colour }: { readonly values: readonly number[]; readonly colour: number }) {
  if (values.length < 2) return null;
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const path = values
    .map((value, i) => {
      const x = (i / (values.length - 1)) * (width - 2) + 1;
      const y = height - 2 - ((value - low) / (high - low || 1)) * (height - 4);
      return `${i === 0 ? 'M' : 'L'}${x.toFixed(1)} ${y.toFixed(1)}`;
    })
    .join('');
  return (
    <svg width={width} height={height} aria-hidden="true">
      <path d={path} fill="none" stroke={lookOfColour(colour).stroke} strokeWidth="1.5" />
    </svg>
  );
}
