/** Every registered environment keeps the promises of `Env` and `EnvDefinition`. */
import { describeEnvContract } from '../../test/envContract.ts';
import { envDefinitions } from './registry.ts';

/** Gymnasium declares bounds for these that their observations may leave. */
const withNominalBounds: ReadonlySet<string> = new Set([
  'LunarLander-v3',
  'LunarLanderContinuous-v3',
  'BipedalWalker-v3',
  'BipedalWalkerHardcore-v3',
]);

for (const definition of envDefinitions) {
  describeEnvContract(definition, { hasNominalBounds: withNominalBounds.has(definition.spec.id) });
}
