/**
 * The part of CanvasRenderingContext2D that drawings use. Written out so that `envs/` needs no DOM: a drawing runs on a
 * page, in a worker with an OffscreenCanvas, and in a test with a recording stand-in.
 */
export interface Canvas2D {
  fillStyle: unknown;
  strokeStyle: unknown;
  lineWidth: number;
  lineCap: string;
  lineJoin: string;
  globalAlpha: number;
  save(): void;
  restore(): void;
  translate(x: number, y: number): void;
  rotate(angle: number): void;
  scale(x: number, y: number): void;
  beginPath(): void;
  closePath(): void;
  moveTo(x: number, y: number): void;
  lineTo(x: number, y: number): void;
  arc(x: number, y: number, radius: number, startAngle: number, endAngle: number, counterclockwise?: boolean): void;
  roundRect(x: number, y: number, width: number, height: number, radius: number): void;
  fill(): void;
  stroke(): void;
  fillRect(x: number, y: number, width: number, height: number): void;
  clearRect(x: number, y: number, width: number, height: number): void;
  setLineDash(segments: number[]): void;
}

/** The colours of one theme, by their part in a picture. */
export interface Palette {
  readonly background: string;
  readonly terrain: string;
  readonly line: string;
  readonly grid: string;
  readonly primary: string;
  readonly secondary: string;
  readonly tertiary: string;
}

export const palettes: Readonly<Record<'light' | 'dark', Palette>> = {
  light: {
    background: '#e9eef3',
    terrain: '#39434d',
    line: '#15191d',
    grid: '#d3dae0',
    primary: '#2154ad',
    secondary: '#c96000',
    tertiary: '#369b83',
  },
  dark: {
    background: '#0a0e12',
    terrain: '#2c353d',
    line: '#c9cdd2',
    grid: '#1c2329',
    primary: '#4a94e6',
    secondary: '#f78e4a',
    tertiary: '#4af4c2',
  },
};
