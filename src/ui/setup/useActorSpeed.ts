/** How fast the actors of the form play on this machine, measured once nobody has changed it for a moment. */
import { useEffect, useState } from 'react';
import type { Hyperparameters } from '../../config/hyperparameters.ts';
import { actorSpeedKey, measureActorSpeed, readActorSpeed } from '../../trainer/actorSpeed.ts';
import { siteStorage } from '../../trainer/siteStorage.ts';
import { isBusy, useAgent, useRunState } from '../session.ts';
import { useStore } from '../store.ts';
import { isDryRunningStore } from './dryRuns.ts';
import { machine } from './machine.ts';

export type ActorSpeed =
  | { readonly status: 'unmeasured' | 'measuring' | 'failed' }
  | { readonly status: 'measured'; readonly stepsPerSecond: number };

/** Without a change for so long, nobody is typing. */
const quietMs = 1200;

/** A page that a program drives measures what the program asks for, and must not be disturbed. */
const isDriven = 'pronk' in window;

/**
 * A change of anything that the speed depends on ends a measurement, as does a run or dry run that begins.
 * @param h without "automatic" values
 * @param isWanted whether somebody can see it, and the settings have no problems
 */
export function useActorSpeed(h: Hyperparameters, isWanted: boolean): ActorSpeed {
  const isTraining = isBusy(useRunState(useAgent()));
  const isDryRunning = useStore(isDryRunningStore);
  const key = actorSpeedKey(h, navigator.userAgent, machine.hardwareConcurrency);
  const [found, setFound] = useState<{ readonly key: string; readonly speed: ActorSpeed } | null>(null);
  const mayMeasure = isWanted && !isTraining && !isDryRunning && !isDriven;

  // biome-ignore lint/correctness/useExhaustiveDependencies: of the settings only what the key holds matters
  useEffect(() => {
    if (!mayMeasure || readActorSpeed(siteStorage, key) !== null) return;
    const aborting = new AbortController();
    const timer = setTimeout(() => {
      setFound({ key, speed: { status: 'measuring' } });
      measureActorSpeed(h, key, aborting.signal).then(
        (stepsPerSecond) => setFound({ key, speed: { status: 'measured', stepsPerSecond } }),
        () => {
          const failed = aborting.signal.aborted ? null : ({ key, speed: { status: 'failed' } } as const);
          setFound((now) => (now?.key === key ? failed : now));
        },
      );
    }, quietMs);
    return () => {
      clearTimeout(timer);
      aborting.abort();
    };
  }, [key, mayMeasure]);

  if (found?.key === key) return found.speed;
  const stepsPerSecond = readActorSpeed(siteStorage, key);
  return stepsPerSecond === null ? { status: 'unmeasured' } : { status: 'measured', stepsPerSecond };
}
