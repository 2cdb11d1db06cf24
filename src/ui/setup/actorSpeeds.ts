/** How fast actors play on this machine, as far as that was measured. */
import type { Hyperparameters } from '../../config/hyperparameters.ts';
import { actorSpeedKey, readActorSpeed } from '../../trainer/actorSpeed.ts';
import { siteStorage } from '../../trainer/siteStorage.ts';
import { Store, useStore } from '../store.ts';
import { machine } from './machine.ts';

export type ActorSpeed =
  | { readonly status: 'unmeasured' | 'measuring' | 'failed' }
  | { readonly status: 'measured'; readonly stepsPerSecond: number };

/** The measurement under way, or the last one: the only one there is where the browser stores nothing. */
export const lastMeasurementStore = new Store<{ readonly key: string; readonly speed: ActorSpeed } | null>(null);

/** @param h without "automatic" values; its encoder must fit the environment */
export const keyOfActorSpeed = (h: Hyperparameters): string =>
  actorSpeedKey(h, navigator.userAgent, machine.hardwareConcurrency);

/** What is known of settings; nothing is measured for it. */
export function useActorSpeed(h: Hyperparameters): ActorSpeed {
  const last = useStore(lastMeasurementStore);
  const key = keyOfActorSpeed(h);
  if (last?.key === key) return last.speed;
  const stepsPerSecond = readActorSpeed(siteStorage, key);
  return stepsPerSecond === null ? { status: 'unmeasured' } : { status: 'measured', stepsPerSecond };
}
