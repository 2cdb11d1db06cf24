/** What a chart shows at one moment, in the forms in which people take it away. */
import type { Figure } from './figure.ts';

export interface ChartTable {
  readonly caption: string;
  readonly columns: readonly string[];
  /** Numbers as people read them. */
  readonly rows: readonly (readonly string[])[];
}

export interface ChartContent {
  readonly title: string;
  /** What the names of its files begin with. */
  readonly stem: string;
  readonly figure: Figure;
  readonly tables: () => readonly ChartTable[];
  readonly csv: () => string;
}
