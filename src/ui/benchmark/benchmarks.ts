/** What the page measures of its machine. It goes on while another view is open. */
import { addFigures, benchmarkNames, type Figures, measure } from '../../trainer/benchmark.ts';
import { IMPALA } from '../../trainer/impala.ts';
import { alertStore, messageOf } from '../notices.ts';
import { Store } from '../store.ts';

export interface Measurement {
  readonly name: string;
  readonly figures: Figures;
}

export interface BenchmarkState {
  /** What is being measured, or null. */
  readonly running: string | null;
  readonly measured: readonly Measurement[];
  readonly numPlanned: number;
}

export const benchmarkStore = new Store<BenchmarkState>({ running: null, measured: [], numPlanned: 0 });

export interface BenchmarkedMachine {
  readonly threads: number;
  readonly browser: string;
}

let stopping = false;

/**
 * Measures everything, one thing after the other; what goes wrong becomes an alert. The agents it trains are its own: the run of the page
 * stays.
 */
export async function startBenchmark(isQuick: boolean): Promise<void> {
  const names = benchmarkNames(isQuick);
  stopping = false;
  benchmarkStore.set({ running: names[0]!, measured: [], numPlanned: names.length });
  try {
    for (const name of names) {
      if (stopping) break;
      benchmarkStore.update((state) => ({ ...state, running: name }));
      const figures = await measure(name, isQuick, (h) => new IMPALA(h));
      benchmarkStore.update((state) => ({ ...state, measured: [...state.measured, { name, figures }] }));
    }
  } catch (error) {
    alertStore.set(`The benchmark ended early: ${messageOf(error)}`);
  } finally {
    benchmarkStore.update((state) => ({ ...state, running: null }));
  }
}

/** Ends after the measurement under way. */
export function stopBenchmark(): void {
  stopping = true;
}

/** As `npm run bench -- --json` prints it. */
export function benchmarkJson(measured: readonly Measurement[], machine: BenchmarkedMachine): string {
  const results: Record<string, unknown> = { machine };
  for (const { name, figures } of measured) addFigures(results, name, figures);
  return JSON.stringify(results, null, 2);
}
