import { CircleHelp, Cpu, Moon, Sun, Zap } from 'lucide-react';
import type { RunState } from '../trainer/run.ts';
import styles from './App.module.css';
import { Mark } from './Mark.tsx';
import { hrefOf, type View } from './routes.ts';
import { runsStore } from './runs/runsStore.ts';
import { isBusy } from './session.ts';
import { type GpuReport, gpuStore, machine } from './setup/machine.ts';
import { shortcutListStore } from './shortcuts.ts';
import { useStore } from './store.ts';
import { themeStore, toggleTheme } from './theme.ts';

const views: readonly { view: View; label: string }[] = [
  { view: 'configure', label: 'Configure' },
  { view: 'train', label: 'Train' },
  { view: 'runs', label: 'Runs' },
  { view: 'evaluate', label: 'Evaluate' },
  { view: 'export', label: 'Export' },
];

export function TopBar({ view, state }: { readonly view: View; readonly state: RunState }) {
  const theme = useStore(themeStore);
  const gpu = useStore(gpuStore);
  const numRuns = useStore(runsStore)?.length ?? 0;
  const other = theme === 'dark' ? 'light' : 'dark';
  return (
    <header className={styles.bar}>
      <a className={styles.brand} href={hrefOf('configure')}>
        <Mark /> Pronk
      </a>
      <nav className={styles.tabs} aria-label="Views">
        {views.map((tab) => (
          <a key={tab.view} href={hrefOf(tab.view)} aria-current={tab.view === view ? 'page' : undefined}>
            {tab.label}
            {tab.view === 'runs' && numRuns > 0 && <small>{numRuns}</small>}
            {tab.view === 'train' && isBusy(state) && (
              <span className={styles.live} role="img" aria-label="a run goes on" />
            )}
          </a>
        ))}
      </nav>
      <div className={styles.status}>
        <span>
          <Zap size={14} aria-hidden="true" /> {gpuText(gpu)}
        </span>
        <a
          className={styles.machine}
          href={hrefOf('benchmark')}
          aria-current={view === 'benchmark' ? 'page' : undefined}
          title="How fast is this machine?"
        >
          <Cpu size={14} aria-hidden="true" /> {machine.hardwareConcurrency} threads
        </a>
        <button
          type="button"
          className={styles.theme}
          aria-label="Keyboard shortcuts"
          onClick={() => shortcutListStore.set(true)}
        >
          <CircleHelp size={16} aria-hidden="true" />
        </button>
        <button
          type="button"
          className={styles.theme}
          aria-label={`Switch to the ${other} theme`}
          onClick={toggleTheme}
        >
          {theme === 'dark' ? <Sun size={16} aria-hidden="true" /> : <Moon size={16} aria-hidden="true" />}
        </button>
      </div>
    </header>
  );
}

function gpuText(gpu: GpuReport): string {
  if (gpu.status === 'asking') return 'WebGPU …';
  if (gpu.status === 'missing') return 'no WebGPU, WebAssembly instead';
  return `WebGPU · ${gpu.status === 'software' ? 'software' : gpu.name}`;
}
