/** Measures how fast the actors of the form play on this machine, once nobody has changed it for a moment. */
import { useEffect } from 'react';
import type { Hyperparameters } from '../../config/hyperparameters.ts';
import { measureActorSpeed, readActorSpeed } from '../../trainer/actorSpeed.ts';
import { siteStorage } from '../../trainer/siteStorage.ts';
import { isBusy, useAgent, useRunState } from '../session.ts';
import { useStore } from '../store.ts';
import { keyOfActorSpeed, lastMeasurementStore } from './actorSpeeds.ts';
import { isDryRunningStore } from './dryRuns.ts';

/** Without a change for so long, nobody is typing. */
const quietMs = 1200;

/** A page that a program drives measures what the program asks for, and must not be disturbed. */
const isDriven = 'pronk' in window;

/**
 * A change of anything that the speed depends on ends a measurement, as does a run or dry run that begins.
 * @param h without "automatic" values
 * @param isWanted whether somebody can see it, and the settings have no problems
 */
export function useActorMeasurement(h: Hyperparameters, isWanted: boolean): void {
  const isTraining = isBusy(useRunState(useAgent()));
  const isDryRunning = useStore(isDryRunningStore);
  const key = keyOfActorSpeed(h);
  const mayMeasure = isWanted && !isTraining && !isDryRunning && !isDriven;

  // biome-ignore lint/correctness/useExhaustiveDependencies: of the settings only what the key holds matters
  useEffect(() => {
    if (!mayMeasure || isKnown(key)) return;
    const aborting = new AbortController();
    const timer = setTimeout(() => {
      lastMeasurementStore.set({ key, speed: { status: 'measuring' } });
      measureActorSpeed(h, key, aborting.signal).then(
        (stepsPerSecond) => lastMeasurementStore.set({ key, speed: { status: 'measured', stepsPerSecond } }),
        () => {
          const failed = aborting.signal.aborted ? null : ({ key, speed: { status: 'failed' } } as const);
          lastMeasurementStore.update((now) => (now?.key === key ? failed : now));
        },
      );
    }, quietMs);
    return () => {
      clearTimeout(timer);
      aborting.abort();
    };
  }, [key, mayMeasure]);
}

function isKnown(key: string): boolean {
  const last = lastMeasurementStore.get();
  return (last?.key === key && last.speed.status === 'measured') || readActorSpeed(siteStorage, key) !== null;
}
