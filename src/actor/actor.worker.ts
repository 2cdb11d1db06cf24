import { exposeWorker } from '../threads/exposeWorker.ts';
import type { ActorApi } from './actor.api.ts';
import type { Actor } from './actor.ts';
import { createActor } from './createActor.ts';

let actor: Actor | null = null;

exposeWorker<ActorApi>({
  async prepare(task) {
    actor = createActor(task);
  },

  async run() {
    if (!actor) throw new Error('The actor was asked to run before it was prepared.');
    actor.run();
  },
});
