/** Which run this is, in what state, how far; and the buttons that steer it. */
import { Download, Pause, Play, Snowflake, Square } from 'lucide-react';
import { useRef, useSyncExternalStore } from 'react';
import { numEnvs, resolveAutomatic } from '../../config/derivedSizes.ts';
import type { Agent, RunState } from '../../trainer/run.ts';
import { type RunOnShow, showFrames, useRun } from '../charts/chartContext.ts';
import { Button } from '../components/Button.tsx';
import { duration, fixed } from '../format.ts';
import { downloadWeights } from '../runActions.ts';
import { isBusy } from '../session.ts';
import { machine } from '../setup/machine.ts';
import { useShortcut } from '../shortcuts.ts';
import { MoreMenu } from './MoreMenu.tsx';
import styles from './RunHeader.module.css';
import { StatePill, StatusPill } from './StatePill.tsx';
import { useRefresh } from './useRefresh.ts';
import { fileStemOf, useRunName } from './useRunName.ts';

export function RunHeader({ state }: { readonly state: RunState }) {
  const run = useRun();
  const { agent, hyperparameters, stored } = run;
  const name = useRunName();
  const h = resolveAutomatic(hyperparameters, machine);
  useRunKeys(run, state);
  return (
    <header className={styles.header}>
      <h1>{name}</h1>
      {stored ? <StatusPill status={stored.status} /> : <StatePill state={state} />}
      <p className={styles.about}>
        {h.env} · {agent.algorithm} · {h.numActors} × {numEnvs(h) / h.numActors} environments · seed {h.seed}
      </p>
      {state.status !== 'idle' && <Progress state={state} />}
      <div className={styles.buttons}>
        {isBusy(state) && state.status !== 'evaluating' && <PauseButton agent={agent} state={state} />}
        <Button
          icon={<Download size={15} aria-hidden="true" />}
          keys="S"
          disabled={state.status === 'starting'}
          onClick={() => downloadWeights(agent, fileStemOf(run))}
        >
          Weights
        </Button>
        {isBusy(state) && state.status !== 'evaluating' && (
          <Button
            look="danger"
            icon={<Square size={14} aria-hidden="true" />}
            disabled={state.status === 'stopping'}
            onClick={() => agent.stop()}
          >
            Stop
          </Button>
        )}
        <FreezeButton state={state} />
        <MoreMenu state={state} />
      </div>
    </header>
  );
}

function PauseButton({ agent, state }: { readonly agent: Agent; readonly state: RunState }) {
  return state.status === 'paused' ? (
    <Button icon={<Play size={15} aria-hidden="true" />} keys="Space" onClick={() => agent.resume()}>
      Resume
    </Button>
  ) : (
    <Button
      icon={<Pause size={15} aria-hidden="true" />}
      keys="Space"
      disabled={state.status !== 'training'}
      onClick={() => agent.pause()}
    >
      Pause
    </Button>
  );
}

function Progress({ state }: { readonly state: RunState }) {
  const { agent, hyperparameters } = useRun();
  const element = useRef<HTMLParagraphElement>(null);
  useRefresh(element);
  const { frames, seconds } = agent.record;
  const share = Math.min(1, frames / hyperparameters.numTrainSteps);
  const left = (seconds * (1 - share)) / share;
  return (
    <p ref={element} className={styles.progress}>
      {fixed(100 * share, 1)} %{'   '}
      {duration(seconds)} elapsed
      {isBusy(state) && share > 0.01 && share < 1 && `   ≈ ${duration(left)} left`}
    </p>
  );
}

function useRunKeys(run: RunOnShow, state: RunState): void {
  const { agent } = run;
  useShortcut(
    { key: ' ', name: 'Space', does: 'Pause or resume' },
    () => (state.status === 'training' ? agent.pause() : agent.resume()),
    state.status === 'training' || state.status === 'paused',
  );
  useShortcut(
    { key: 's', name: 'S', does: 'Download the weights' },
    () => downloadWeights(agent, fileStemOf(run)),
    state.status !== 'idle' && state.status !== 'starting',
  );
  useShortcut({ key: '0', name: '0', does: 'Show the whole run' }, () => showFrames(null));
}

/** While frozen, numbers and curves stand still to be read; training goes on (WCAG 2.2.2), and may end meanwhile. */
function FreezeButton({ state }: { readonly state: RunState }) {
  const { turns } = useRun();
  const isFrozen = useSyncExternalStore(turns.subscribe, () => turns.isFrozen);
  const toggle = () => turns.setFrozen(!isFrozen);
  const hasUse = isBusy(state) || isFrozen;
  useShortcut({ key: '.', name: '.', does: 'Freeze or go on showing' }, toggle, hasUse);
  if (!hasUse) return null;
  return (
    <Button icon={<Snowflake size={15} aria-hidden="true" />} keys="." aria-pressed={isFrozen} onClick={toggle}>
      {isFrozen ? 'Frozen' : 'Freeze'}
    </Button>
  );
}
