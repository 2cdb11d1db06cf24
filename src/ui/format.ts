/** From numbers to the words people read: thin spaces in thousands, a true minus, never more digits than are known. */

const thinSpace = '\u202f';
const minus = '\u2212';

const withTrueMinus = (text: string): string => text.replace(/-/g, minus);

/** 69381 → "69 381". */
export function whole(value: number): string {
  if (!Number.isFinite(value)) return '–';
  return withTrueMinus(String(Math.round(value)).replace(/\B(?=(\d{3})+$)/g, thinSpace));
}

/** A fixed number of decimals: −0.02 → "−0.020". Never "−0.000". */
export function fixed(value: number, decimals: number): string {
  if (!Number.isFinite(value)) return '–';
  const text = value.toFixed(decimals);
  return withTrueMinus(Number(text) === 0 ? text.replace('-', '') : text);
}

/** About three significant digits: 1234567 → "1.23M", 24012 → "24.0k", 0.000176 → "1.76e−4", 0.423 → "0.423". */
export function compact(value: number): string {
  if (!Number.isFinite(value)) return '–';
  const size = Math.abs(value);
  if (size === 0) return '0';
  if (size >= 999_500_000) return `${significant(value / 1e9)}G`;
  if (size >= 999_500) return `${significant(value / 1e6)}M`;
  if (size >= 9_995) return `${significant(value / 1e3)}k`;
  if (size >= 999.5) return whole(value);
  if (size < 0.001) return withTrueMinus(value.toExponential(2));
  return significant(value);
}

function significant(value: number): string {
  const size = Math.abs(value);
  return fixed(value, size >= 99.95 ? 0 : size >= 9.995 ? 1 : size >= 0.9995 ? 2 : size >= 0.00995 ? 3 : 4);
}

/** For axes, where the distance of the ticks says how many digits are needed: 200000 → "200k", 1400000 → "1.4M". */
export function tickLabel(value: number, step: number): string {
  if (value === 0) return '0';
  if (step < 1e-3) return withTrueMinus(Number(value.toPrecision(3)).toExponential());
  const reach = Math.max(Math.abs(value), Math.abs(step));
  const [unit, suffix] =
    reach >= 1e9 ? [1e9, 'G'] : reach >= 1e6 ? [1e6, 'M'] : reach >= 1e4 || step >= 1e3 ? [1e3, 'k'] : [1, ''];
  return `${fixed(value / unit, decimalsFor(step / unit))}${suffix}`;
}

/** Decimals that tell two ticks apart which are `step` from each other. */
export function decimalsFor(step: number): number {
  if (!(step > 0)) return 0;
  for (let decimals = 0; decimals < 8; decimals++) {
    const scaled = step * 10 ** decimals;
    if (Math.abs(scaled - Math.round(scaled)) < 1e-6 * scaled) return decimals;
  }
  return 8;
}

/** 0 → "0:00", 73 → "1:13", 3725 → "1:02:05". */
export function duration(seconds: number): string {
  if (!Number.isFinite(seconds)) return '–';
  const total = Math.max(0, Math.round(seconds));
  const [h, m, s] = [Math.floor(total / 3600), Math.floor(total / 60) % 60, total % 60];
  const two = (n: number) => String(n).padStart(2, '0');
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
}

/** An estimate: 0.4 → "1 s", 12.3 → "12 s", 125 → "2 min 5 s", 4830 → "1 h 20 min". */
export function roughDuration(seconds: number): string {
  if (!Number.isFinite(seconds)) return '–';
  const total = Math.max(1, Math.round(seconds));
  if (total < 60) return `${total} s`;
  if (total < 3600) return `${Math.floor(total / 60)} min ${total % 60} s`;
  return `${whole(Math.floor(total / 3600))} h ${Math.floor(total / 60) % 60} min`;
}

/** 813000 → "813 kB". Decimal units, as browsers and operating systems show them. */
export function bytes(count: number): string {
  if (count < 1e3) return `${count} B`;
  const [unit, name] = count >= 1e9 ? [1e9, 'GB'] : count >= 1e6 ? [1e6, 'MB'] : [1e3, 'kB'];
  return `${significant(count / unit)} ${name}`;
}

/** "1 episode", "4 839 episodes". */
export const count = (n: number, noun: string): string => `${whole(n)} ${noun}${n === 1 ? '' : 's'}`;
