/** All the main thread knows of an actor. Everything that crosses here can be structured-cloned. */
import type { ActorTask } from './createActor.ts';

export type { ActorTask };

export interface ActorApi {
  /** Builds the environments and the policy. Rejects, with a message to show, if that is impossible. */
  prepare(task: ActorTask): Promise<void>;
  /** Fills storage slots until the table is closed. The thread sleeps meanwhile and hears no messages: call nothing else. */
  run(): Promise<void>;
}
