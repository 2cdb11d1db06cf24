/** The one agent a page has at a time. The form, the command line and tests start and find it here. */
import type { Hyperparameters } from '../config/hyperparameters.ts';
import { ActorLearnerAgent } from './ActorLearnerAgent.ts';
import type { Agent } from './run.ts';

type Listener = () => void;

const listeners = new Set<Listener>();
let current: Agent | null = null;
let configuration: Hyperparameters | null = null;

/** The present agent, or null before the first run. */
export const currentAgent = (): Agent | null => current;

/** The hyperparameters the present agent was made with. */
export const currentHyperparameters = (): Hyperparameters | null => configuration;

/** Called when another agent takes the place of the present one. Returns the way to end it. */
export function subscribeToSession(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/**
 * Makes an agent and puts it in the place of the present one, whose workers end.
 * Throws a `ConfigurationError` that lists every problem; the present agent then stays.
 */
export function openAgent(hyperparameters: Hyperparameters): Agent {
  const agent = new ActorLearnerAgent(hyperparameters);
  current?.dispose();
  current = agent;
  configuration = hyperparameters;
  for (const listener of listeners) listener();
  return agent;
}
