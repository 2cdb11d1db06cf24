import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { drawFigure } from './drawFigure.ts';
import type { Figure, FigureLayer } from './figure.ts';
import { logDomain } from './logScale.ts';
import { niceDomain } from './niceTicks.ts';
import { palette } from './palette.ts';

const axis = (from: number, to: number, label: string) => ({
  domain: niceDomain(from, to, 5),
  label,
  tickText: (tick: number) => `<${tick}>`,
});

const figureOf = (...layers: FigureLayer[]): Figure => ({
  title: 'Value & loss',
  subtitle: 'run 1',
  width: 640,
  height: 400,
  x: axis(0, 100, 'Env steps'),
  y: axis(0, 10, 'Loss (nats)'),
  layers,
});

/** Every tag is closed by one of its name, in order: what an XML parser would refuse otherwise. */
function isWellFormed(svg: string): boolean {
  const open: string[] = [];
  for (const [, slash, name, end] of svg.matchAll(/<(\/?)([\w-]+)(?:\s+[\w-]+="[^"<]*")*\s*(\/?)>/g)) {
    if (slash && open.pop() !== name) return false;
    if (!slash && !end) open.push(name!);
  }
  const numTags = svg.match(/</g)!.length;
  return open.length === 0 && numTags === svg.match(/<\/?[\w-]+(?:\s+[\w-]+="[^"<]*")*\s*\/?>/g)!.length;
}

const points = [
  { x: 0, min: 0, mean: 5, max: 10 },
  { x: 100, min: 0, mean: 10, max: 10 },
];

describe('A figure', () => {
  it('is well-formed, with names and ticks of both axes, title, legend and its data', () => {
    const svg = drawFigure(
      figureOf(
        { kind: 'band', name: 'range', points, colour: 's1' },
        { kind: 'line', name: 'mean', points, colour: 's1', width: 2 },
        { kind: 'level', name: 'solved at 9', value: 9 },
        { kind: 'intervals', name: 'evaluation', points, colour: 's2' },
      ),
    );
    expect(isWellFormed(svg)).toBe(true);
    for (const text of ['Value &amp; loss', 'run 1', 'Env steps', 'Loss (nats)', 'mean', 'range', 'solved at 9']) {
      expect(svg).toContain(`>${text}<`);
    }
    expect(svg.match(/&lt;\d+&gt;/g)).toHaveLength(6 + 6); // 0, 20 … 100 and 0, 2 … 10
    // The plot lies from 78, 78 to 610, 346; the mean goes from its middle to its upper right corner.
    expect(svg).toContain('d="M78.0 212.0L610.0 78.0" fill="none" stroke="#2154ad" stroke-width="2"');
    expect(svg).toContain('d="M78.0 78.0L610.0 78.0L610.0 346.0L78.0 346.0Z"');
  });

  it('needs nothing but itself', () => {
    const svg = drawFigure(figureOf({ kind: 'line', name: 'mean', points, colour: 's1', width: 2 }));
    expect(svg).not.toMatch(/var\(|class=.*\{|<style|href|<image/);
  });

  it('holds every dot, the darker the more lie on one another', () => {
    const xs = [10, 50, 50, 50, 90, 200];
    const svg = drawFigure(figureOf({ kind: 'dots', name: 'episode', xs, ys: xs.map(() => 5), colour: 's1' }));
    const drawn = [...svg.matchAll(/<path d="((?:M[\d.]+ [\d.]+h0)+)"/g)].map(
      ([, path]) => path!.split('M').length - 1,
    );
    expect(drawn).toEqual([3, 1, 1]); // The one at 200 is out of sight.
  });

  it('has the light colours of the page', () => {
    const light = readFileSync(join(import.meta.dirname, '../tokens.css'), 'utf8').split('[data-theme="dark"]')[0]!;
    for (const [name, colour] of Object.entries(palette)) expect(light).toContain(`--${name}: ${colour};`);
  });

  it('draws orders of magnitude alike on a logarithmic axis', () => {
    const y = { ...axis(0, 1, 'rate'), domain: logDomain(null, 0, 0.001, 10)! };
    const decades = [0.001, 0.1, 10].map((mean, i) => ({ x: 50 * i, mean }));
    const svg = drawFigure({ ...figureOf({ kind: 'line', name: '', points: decades, colour: 's1', width: 2 }), y });
    expect(svg).toContain('d="M78.0 346.0L344.0 212.0L610.0 78.0"');
  });
});
