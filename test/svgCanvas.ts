/**
 * A canvas that makes an SVG of what is drawn on it, for pictures in the documentation. It knows what drawings of
 * environments use: paths of lines and arcs, and transformations that keep shapes (no skewing, no uneven scaling).
 */
import type { Canvas2D } from '../src/envs/canvas.ts';

/** x′ = a·x + c·y + e, y′ = b·x + d·y + f */
type Matrix = readonly [a: number, b: number, c: number, d: number, e: number, f: number];

interface Style {
  matrix: Matrix;
  fillStyle: string;
  strokeStyle: string;
  lineWidth: number;
  lineCap: string;
  lineJoin: string;
  globalAlpha: number;
  dash: readonly number[];
}

const initialStyle: Style = {
  matrix: [1, 0, 0, 1, 0, 0],
  fillStyle: '#000',
  strokeStyle: '#000',
  lineWidth: 1,
  lineCap: 'butt',
  lineJoin: 'miter',
  globalAlpha: 1,
  dash: [],
};

const format = (value: number): string => String(Math.round(value * 100) / 100 || 0);

export class SvgCanvas implements Canvas2D {
  private readonly title: string;
  private readonly width: number;
  private readonly height: number;
  private readonly elements: string[] = [];
  private path: string[] = [];
  private style: Style = { ...initialStyle };
  private readonly saved: Style[] = [];

  constructor(width: number, height: number, title: string) {
    this.title = title;
    this.width = width;
    this.height = height;
  }

  toString(): string {
    const size = `width="${this.width}" height="${this.height}" viewBox="0 0 ${this.width} ${this.height}"`;
    return `<svg xmlns="http://www.w3.org/2000/svg" ${size}>\n<title>${this.title}</title>\n${this.elements.join('\n')}\n</svg>\n`;
  }

  set fillStyle(value: string) {
    this.style.fillStyle = value;
  }

  set strokeStyle(value: string) {
    this.style.strokeStyle = value;
  }

  set lineWidth(value: number) {
    this.style.lineWidth = value;
  }

  set lineCap(value: string) {
    this.style.lineCap = value;
  }

  set lineJoin(value: string) {
    this.style.lineJoin = value;
  }

  set globalAlpha(value: number) {
    this.style.globalAlpha = value;
  }

  setLineDash(segments: number[]): void {
    this.style.dash = [...segments];
  }

  save(): void {
    this.saved.push({ ...this.style });
  }

  restore(): void {
    this.style = this.saved.pop() ?? this.style;
  }

  translate(x: number, y: number): void {
    this.transform([1, 0, 0, 1, x, y]);
  }

  rotate(angle: number): void {
    const cos = Math.cos(angle);
    const sin = Math.sin(angle);
    this.transform([cos, sin, -sin, cos, 0, 0]);
  }

  scale(x: number, y: number): void {
    this.transform([x, 0, 0, y, 0, 0]);
  }

  private transform([a, b, c, d, e, f]: Matrix): void {
    const [A, B, C, D, E, F] = this.style.matrix;
    this.style.matrix = [
      A * a + C * b,
      B * a + D * b,
      A * c + C * d,
      B * c + D * d,
      A * e + C * f + E,
      B * e + D * f + F,
    ];
  }

  private point(x: number, y: number): string {
    const [a, b, c, d, e, f] = this.style.matrix;
    return `${format(a * x + c * y + e)} ${format(b * x + d * y + f)}`;
  }

  /** By how much lengths grow. */
  private get magnification(): number {
    const [a, b, c, d] = this.style.matrix;
    return Math.sqrt(Math.abs(a * d - b * c));
  }

  private get isMirrored(): boolean {
    const [a, b, c, d] = this.style.matrix;
    return a * d - b * c < 0;
  }

  beginPath(): void {
    this.path = [];
  }

  closePath(): void {
    this.path.push('Z');
  }

  moveTo(x: number, y: number): void {
    this.path.push(`M${this.point(x, y)}`);
  }

  lineTo(x: number, y: number): void {
    this.path.push(`L${this.point(x, y)}`);
  }

  arc(x: number, y: number, radius: number, startAngle: number, endAngle: number, counterclockwise = false): void {
    const sweep = endAngle - startAngle;
    const isClockwise = this.isMirrored === counterclockwise ? 1 : 0;
    const pointAt = (angle: number) => this.point(x + radius * Math.cos(angle), y + radius * Math.sin(angle));
    this.path.push(`${this.path.length === 0 ? 'M' : 'L'}${pointAt(startAngle)}`);
    // In two halves, since SVG has no arc from a point to itself.
    for (const share of [0.5, 1]) this.arcTo(pointAt(startAngle + share * sweep), radius, isClockwise);
  }

  private arcTo(to: string, radius: number, isClockwise: number): void {
    const size = format(radius * this.magnification);
    this.path.push(`A${size} ${size} 0 0 ${isClockwise} ${to}`);
  }

  roundRect(x: number, y: number, width: number, height: number, radius: number): void {
    const r = Math.min(radius, width / 2, height / 2);
    const isClockwise = this.isMirrored ? 0 : 1;
    this.moveTo(x + r, y);
    this.lineTo(x + width - r, y);
    this.arcTo(this.point(x + width, y + r), r, isClockwise);
    this.lineTo(x + width, y + height - r);
    this.arcTo(this.point(x + width - r, y + height), r, isClockwise);
    this.lineTo(x + r, y + height);
    this.arcTo(this.point(x, y + height - r), r, isClockwise);
    this.lineTo(x, y + r);
    this.arcTo(this.point(x + r, y), r, isClockwise);
    this.closePath();
  }

  fill(): void {
    const { fillStyle, globalAlpha } = this.style;
    const opacity = globalAlpha < 1 ? ` fill-opacity="${format(globalAlpha)}"` : '';
    this.elements.push(`<path fill="${fillStyle}"${opacity} d="${this.path.join('')}"/>`);
  }

  stroke(): void {
    const { strokeStyle, lineWidth, lineCap, lineJoin, globalAlpha, dash } = this.style;
    const lengths = dash.map((length) => format(length * this.magnification)).join(' ');
    const attributes = [
      `stroke="${strokeStyle}" stroke-width="${format(lineWidth * this.magnification)}"`,
      `stroke-linecap="${lineCap}" stroke-linejoin="${lineJoin}"`,
      ...(lengths ? [`stroke-dasharray="${lengths}"`] : []),
      ...(globalAlpha < 1 ? [`stroke-opacity="${format(globalAlpha)}"`] : []),
    ];
    this.elements.push(`<path fill="none" ${attributes.join(' ')} d="${this.path.join('')}"/>`);
  }

  fillRect(x: number, y: number, width: number, height: number): void {
    this.beginPath();
    this.moveTo(x, y);
    this.lineTo(x + width, y);
    this.lineTo(x + width, y + height);
    this.lineTo(x, y + height);
    this.closePath();
    this.fill();
  }

  clearRect(): void {
    throw new Error('A picture cannot be cleared.');
  }
}
