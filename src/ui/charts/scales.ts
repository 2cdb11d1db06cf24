/** From values to pixels, without any library: what layers in a frame and figures in files share. */
import type { NiceDomain } from './niceTicks.ts';

/** How values are spread along an axis before they become pixels: itself where it is linear. */
export type Warp = (value: number) => number;

/** pixel = offset + factor × warp(value) */
export interface Axis {
  readonly offset: number;
  readonly factor: number;
  readonly warp?: Warp | undefined;
}

export interface PlotArea {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Scales {
  readonly x: Axis;
  readonly y: Axis;
  readonly plot: PlotArea;
}

export interface PlotDomains {
  readonly x: NiceDomain;
  readonly y: NiceDomain;
}

export const pixel = ({ offset, factor, warp }: Axis, value: number): number =>
  offset + factor * (warp ? warp(value) : value);

export const warped = ({ warp }: NiceDomain, value: number): number => (warp ? warp(value) : value);

/** The axis on which the ends of a domain lie at two pixels; null where they are one. */
export function axisBetween(domain: NiceDomain, fromPixel: number, toPixel: number): Axis | null {
  const [from, to] = [warped(domain, domain.from), warped(domain, domain.to)];
  if (from === to) return null;
  const factor = (toPixel - fromPixel) / (to - from);
  return { factor, offset: fromPixel - factor * from, warp: domain.warp };
}
