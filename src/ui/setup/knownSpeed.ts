/** How fast a training is on this machine, as far as it or its parts were measured. */
import type { Hyperparameters } from '../../config/hyperparameters.ts';
import type { NetworkSpec } from '../../networks/networkSpec.ts';
import { readMeasurements } from '../../trainer/deviceMeasurements.ts';
import { siteStorage } from '../../trainer/siteStorage.ts';
import { estimateSpeed, msPerUpdateOf, type SpeedEstimate } from '../../trainer/speedEstimate.ts';
import { compact, count, roughDuration } from '../format.ts';
import { useStore } from '../store.ts';
import { useActorSpeed } from './actorSpeeds.ts';
import { differsInSpeed, type Measured, measuredStore } from './dryRuns.ts';
import { machine } from './machine.ts';

interface KnownSpeed {
  readonly speed: SpeedEstimate;
  /** What it is known from. */
  readonly basis: string;
}

/**
 * Of a dry run with such settings, or of the parts; null where neither was measured.
 * @param h the settings without "automatic" values
 */
export function useKnownSpeed(asked: Hyperparameters, h: Hyperparameters, network: NetworkSpec): KnownSpeed | null {
  const actors = useActorSpeed(h);
  const dryRun = useDryRunOf(asked);
  if (dryRun) return speedOfDryRun(dryRun.framesPerSecond);
  return actors.status === 'measured' ? speedOfParts(h, network, actors.stepsPerSecond) : null;
}

/** The last dry run, if it had settings that are as fast. */
export function useDryRunOf(asked: Hyperparameters): Measured | null {
  const dryRun = useStore(measuredStore);
  return dryRun && !differsInSpeed(dryRun.hyperparameters, asked) ? dryRun : null;
}

/** @param stepsPerSecond of all actors together, without a learner */
function speedOfParts(h: Hyperparameters, network: NetworkSpec, stepsPerSecond: number): KnownSpeed {
  const measured = readMeasurements(siteStorage, h, network, navigator.userAgent);
  const msPerUpdate = msPerUpdateOf(measured, h.device);
  const speed = estimateSpeed(h, machine.hardwareConcurrency, stepsPerSecond, msPerUpdate);
  const played = `${count(h.numActors, 'actor')} play${h.numActors === 1 ? 's' : ''} ${compact(stepsPerSecond)} steps/s here`;
  const learned =
    msPerUpdate === null
      ? 'a learner may be slower: a dry run measures it'
      : `an update takes ${compact(msPerUpdate)} ms; both: ${compact(speed.framesPerSecond)} steps/s`;
  return { speed, basis: `${played}; ${learned}` };
}

const speedOfDryRun = (framesPerSecond: number): KnownSpeed => ({
  speed: { framesPerSecond, slower: 'actors' },
  basis: `at ${compact(framesPerSecond)} steps/s, measured by the dry run`,
});

/** "≈ 2 min 5 s"; "at least 10 s" where the learner was not measured. */
export const timeText = (frames: number, { framesPerSecond, slower }: SpeedEstimate): string =>
  `${slower === 'unknown' ? 'at least' : '≈'} ${roughDuration(frames / framesPerSecond)}`;
