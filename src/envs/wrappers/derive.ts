import type { Env, EnvDefinition, EnvSpec } from '../env.ts';
import { EnvWrapper } from './envWrapper.ts';

/** The same environment with another description, such as a name or a time limit of its own. */
const respecify = (env: Env, changes: Partial<EnvSpec>): Env => new EnvWrapper(env, changes);

/** The same environment, truncated after `maxEpisodeSteps` steps by whoever runs it. */
export const limitTime = (env: Env, maxEpisodeSteps: number): Env => respecify(env, { maxEpisodeSteps });

/** A definition of its own for a wrapped environment, which is drawn as before. */
export function derive(
  base: EnvDefinition,
  wrap: (env: Env) => Env,
  changes: Partial<EnvSpec> & Pick<EnvSpec, 'id' | 'doc'>,
): EnvDefinition {
  const create = () => respecify(wrap(base.create()), changes);
  return { ...base, create, spec: create().spec };
}
