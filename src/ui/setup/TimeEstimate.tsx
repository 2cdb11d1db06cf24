/** How long the whole training will take here, and what that is known from. */
import { useRef } from 'react';
import { readMeasurements } from '../../trainer/deviceMeasurements.ts';
import { siteStorage } from '../../trainer/siteStorage.ts';
import { estimateSpeed, msPerUpdateOf, type SpeedEstimate } from '../../trainer/speedEstimate.ts';
import { useIsVisible } from '../components/useIsVisible.ts';
import { compact, count, roughDuration } from '../format.ts';
import { useStore } from '../store.ts';
import { differsInSpeed, measuredStore } from './dryRuns.ts';
import type { Estimates } from './estimates.ts';
import { machine } from './machine.ts';
import styles from './SetupSummary.module.css';
import { type ActorSpeed, useActorSpeed } from './useActorSpeed.ts';

interface Props {
  readonly estimates: Estimates;
  readonly hasProblems: boolean;
}

export function TimeEstimate({ estimates, hasProblems }: Props) {
  const row = useRef<HTMLDivElement>(null);
  const isVisible = useIsVisible(row);
  const dryRun = useStore(measuredStore);
  const h = estimates.resolved;
  const isRefined = dryRun !== null && !differsInSpeed(dryRun.hyperparameters, estimates.asked);
  const actorSpeed = useActorSpeed(h, isVisible && !hasProblems && !isRefined);
  const found = isRefined ? ofDryRun(dryRun.framesPerSecond) : ofParts(estimates, actorSpeed);
  return (
    <div ref={row} className={styles.time}>
      <dt>Time for {compact(h.numTrainSteps)} steps</dt>
      <dd aria-busy={actorSpeed.status === 'measuring'}>
        {found.speed === null ? found.basis : <b>{timeText(h.numTrainSteps, found.speed)}</b>}
      </dd>
      {found.speed !== null && <dd className={styles.basis}>{found.basis}</dd>}
    </div>
  );
}

interface Found {
  /** Null while it is not known; the basis then says why. */
  readonly speed: SpeedEstimate | null;
  readonly basis: string;
}

function timeText(frames: number, { framesPerSecond, slower }: SpeedEstimate): string {
  return `${slower === 'unknown' ? 'at least' : '≈'} ${roughDuration(frames / framesPerSecond)}`;
}

const ofDryRun = (framesPerSecond: number): Found => ({
  speed: { framesPerSecond, slower: 'actors' },
  basis: `at ${compact(framesPerSecond)} steps/s, measured by the dry run`,
});

function ofParts({ resolved: h, network }: Estimates, actorSpeed: ActorSpeed): Found {
  if (actorSpeed.status !== 'measured') return { speed: null, basis: waitingTexts[actorSpeed.status] };
  const measured = readMeasurements(siteStorage, h, network, navigator.userAgent);
  const msPerUpdate = msPerUpdateOf(measured, h.device);
  const speed = estimateSpeed(h, machine.hardwareConcurrency, actorSpeed.stepsPerSecond, msPerUpdate);
  const played = `${count(h.numActors, 'actor')} play${h.numActors === 1 ? 's' : ''} ${compact(actorSpeed.stepsPerSecond)} steps/s here`;
  const learned =
    msPerUpdate === null
      ? 'a learner may be slower: a dry run measures it'
      : `an update takes ${compact(msPerUpdate)} ms; both: ${compact(speed.framesPerSecond)} steps/s`;
  return { speed, basis: `${played}; ${learned}` };
}

const waitingTexts = {
  unmeasured: 'not measured yet',
  measuring: 'measuring…',
  failed: 'too slow to be measured in a second: a dry run tells',
} as const;
