/** How long the whole training will take here, and what that is known from. */
import { useRef } from 'react';
import { useIsVisible } from '../components/useIsVisible.ts';
import { compact } from '../format.ts';
import { useActorSpeed } from './actorSpeeds.ts';
import type { Estimates } from './estimates.ts';
import { timeText, useDryRunOf, useKnownSpeed } from './knownSpeed.ts';
import styles from './SetupSummary.module.css';
import { useActorMeasurement } from './useActorMeasurement.ts';

interface Props {
  readonly estimates: Estimates;
  readonly hasProblems: boolean;
}

export function TimeEstimate({ estimates, hasProblems }: Props) {
  const row = useRef<HTMLDivElement>(null);
  const isVisible = useIsVisible(row);
  const { asked, resolved: h, network } = estimates;
  const dryRun = useDryRunOf(asked);
  useActorMeasurement(h, isVisible && !hasProblems && dryRun === null);
  const actors = useActorSpeed(h);
  const known = useKnownSpeed(asked, h, network);
  return (
    <div ref={row} className={styles.time}>
      <dt>Time for {compact(h.numTrainSteps)} steps</dt>
      <dd aria-busy={actors.status === 'measuring'}>
        {known && <b>{timeText(h.numTrainSteps, known.speed)}</b>}
        {!known && actors.status !== 'measured' && waitingTexts[actors.status]}
      </dd>
      {known && <dd className={styles.basis}>{known.basis}</dd>}
    </div>
  );
}

const waitingTexts = {
  unmeasured: 'not measured yet',
  measuring: 'measuring…',
  failed: 'too slow to be measured in a second: a dry run tells',
} as const;
