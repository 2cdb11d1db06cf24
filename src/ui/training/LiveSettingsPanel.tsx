/** Settings that may be changed while the run goes on. Each change is marked on the run ruler, and written into the log. */
import { useId, useState } from 'react';
import { specOf } from '../../config/hyperparameters.ts';
import { formatNumber, parseHyperparameter } from '../../config/parse.ts';
import type { LiveSettingName } from '../../trainer/run.ts';
import { useRun } from '../charts/chartContext.ts';
import { Help } from '../components/Help.tsx';
import { announce } from '../notices.ts';
import styles from './panels.module.css';

/** `isOver`: nothing is learned any more. */
export function LiveSettingsPanel({ isOver }: { readonly isOver: boolean }) {
  if (isOver) return null;
  return (
    <section className={styles.panel} aria-label="Change while training">
      <div className={styles.head}>
        <h2>Change while training</h2>
        <small>holds from the next update on</small>
      </div>
      <div className={styles.live}>
        <LiveSetting name="lr" />
        <LiveSetting name="entCoef" />
      </div>
    </section>
  );
}

function LiveSetting({ name }: { readonly name: LiveSettingName }) {
  const { agent } = useRun();
  const id = useId();
  const [draft, setDraft] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const { label, doc } = specOf(name);
  const take = () => {
    if (draft === null) return;
    const { value, problems } = parseHyperparameter(name, draft);
    setProblem(problems[0]?.message ?? null);
    if (problems.length > 0) return;
    agent.change({ [name]: value });
    setDraft(null);
    announce(`${label} is ${formatNumber(agent.liveValues[name])} now.`);
  };
  return (
    <div>
      <div className={styles.liveHead}>
        <label htmlFor={id}>{label}</label>
        <Help about={label}>
          <p>{doc}</p>
          <p>Enter takes the new value, Escape leaves the old one. A linear schedule goes on from the new value.</p>
        </Help>
      </div>
      <input
        id={id}
        type="text"
        inputMode="decimal"
        autoComplete="off"
        aria-invalid={problem !== null}
        aria-describedby={problem ? `${id}-problem` : undefined}
        value={draft ?? formatNumber(agent.liveValues[name])}
        onChange={(event) => setDraft(event.currentTarget.value)}
        onBlur={take}
        onKeyDown={(event) => {
          if (event.key === 'Enter') take();
          if (event.key !== 'Escape') return;
          setDraft(null);
          setProblem(null);
        }}
      />
      {problem && (
        <p id={`${id}-problem`} className={styles.liveProblem} role="alert">
          {problem}
        </p>
      )}
    </div>
  );
}
