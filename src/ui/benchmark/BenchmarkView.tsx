import { Gauge, Square } from 'lucide-react';
import { Button } from '../components/Button.tsx';
import { CopyButton } from '../components/CopyButton.tsx';
import { compact, fixed, whole } from '../format.ts';
import { isBusy, useAgent, useRunState } from '../session.ts';
import { useStore } from '../store.ts';
import styles from './BenchmarkView.module.css';
import { benchmarkJson, benchmarkStore, startBenchmark, stopBenchmark } from './benchmarks.ts';
import { type Bar, barsOf, groups } from './groups.ts';

/** How fast this machine is: what `npm run bench` measures, as bars. */
export function BenchmarkView() {
  const { measured } = useStore(benchmarkStore);
  return (
    <div className={styles.view}>
      <Head />
      {Object.entries(groups).map(([name, { title, doc, unit }]) => {
        const bars = barsOf(name, measured);
        return bars.length === 0 ? null : (
          <section key={name} className={styles.group} aria-label={title}>
            <h2>
              {title} <small>{unit}</small>
            </h2>
            <p>{doc}</p>
            <ul>
              {bars.map((bar) => (
                <BarRow key={bar.label} bar={bar} />
              ))}
            </ul>
          </section>
        );
      })}
    </div>
  );
}

function Head() {
  const { running, measured, numPlanned } = useStore(benchmarkStore);
  const isTraining = isBusy(useRunState(useAgent()));
  const canStart = running === null && !isTraining;
  return (
    <header className={styles.head}>
      <h1>Benchmark</h1>
      <p>
        Measures environments, inference, learner and whole trainings on this machine. Figures compare within one
        measurement; machines, and what else they do, differ.
      </p>
      <div className={styles.actions}>
        <Button
          look="primary"
          disabled={!canStart}
          icon={<Gauge size={14} aria-hidden="true" />}
          onClick={() => void startBenchmark(true)}
        >
          Measure quickly
        </Button>
        <Button disabled={!canStart} onClick={() => void startBenchmark(false)}>
          Measure everything
        </Button>
        {running !== null && (
          <Button icon={<Square size={14} aria-hidden="true" />} onClick={stopBenchmark}>
            Stop
          </Button>
        )}
        {measured.length > 0 && <CopyButton label="Copy as JSON" text={measuredJson} />}
      </div>
      <p role="status" className={styles.progress}>
        {running !== null && `${measured.length + 1} of ${numPlanned}: ${running}`}
        {running === null && measured.length > 0 && `${measured.length} of ${numPlanned} measured.`}
        {running === null && isTraining && ' A run goes on: stop it first, for both would be slow.'}
      </p>
    </header>
  );
}

function measuredJson(): string {
  const machine = { threads: navigator.hardwareConcurrency, browser: navigator.userAgent };
  return benchmarkJson(benchmarkStore.get().measured, machine);
}

function BarRow({ bar: { label, value, share, details } }: { readonly bar: Bar }) {
  return (
    <li>
      <span className={styles.label}>{label}</span>
      <span className={styles.track}>
        <span className={styles.bar} style={{ width: `${100 * share}%` }} />
      </span>
      <b>{value === null ? 'none here' : readable(value)}</b>
      <small>{details.map(([number, unit]) => `${readable(number)} ${unit}`).join(', ')}</small>
    </li>
  );
}

/** Two decimals for what is small and no whole number, thousands and millions by their letters. */
function readable(value: number): string {
  if (value >= 100) return compact(value);
  return Number.isInteger(value) ? whole(value) : fixed(value, 2);
}
