/** What was measured of an environment with the settings that choosing it gives. Nothing is measured for it. */
import { resolveAutomatic } from '../../config/derivedSizes.ts';
import { findEncoderProblem } from '../../config/encoders.ts';
import type { Hyperparameters } from '../../config/hyperparameters.ts';
import type { EnvSpec } from '../../envs/env.ts';
import { networkSpecFor } from '../../networks/networkSpec.ts';
import { microsecondsPerStep } from '../../trainer/actorSpeed.ts';
import { compact } from '../format.ts';
import { useActorSpeed } from './actorSpeeds.ts';
import { type FormState, withEnv } from './formState.ts';
import { timeText, useKnownSpeed } from './knownSpeed.ts';
import { machine } from './machine.ts';

interface Props {
  readonly form: FormState;
  readonly spec: EnvSpec;
  readonly className?: string | undefined;
}

/** "300k steps: ≈ 12 s", or nothing. */
export function EnvTime({ form, spec, className }: Props) {
  const asked = settingsFor(form, spec);
  return asked && <Time asked={asked} spec={spec} className={className} />;
}

function Time({ asked, spec, className }: Omit<Props, 'form'> & { readonly asked: Hyperparameters }) {
  const h = resolveAutomatic(asked, machine);
  const known = useKnownSpeed(asked, h, networkSpecFor(spec, h));
  if (!known) return null;
  return (
    <span className={className}>
      {compact(h.numTrainSteps)} steps: {timeText(h.numTrainSteps, known.speed)}
    </span>
  );
}

/** "1.48 µs here, with the network". */
export function StepCost({ form, spec }: Props) {
  const asked = settingsFor(form, spec);
  return asked ? <Cost h={resolveAutomatic(asked, machine)} /> : unmeasured;
}

function Cost({ h }: { readonly h: Hyperparameters }) {
  const actors = useActorSpeed(h);
  if (actors.status !== 'measured') return unmeasured;
  const cost = microsecondsPerStep(h, machine.hardwareConcurrency, actors.stepsPerSecond);
  return `${compact(cost)} µs here, with the network`;
}

const unmeasured = 'not measured yet';

/** Null where the encoder does not fit. */
function settingsFor(form: FormState, spec: EnvSpec): Hyperparameters | null {
  const { values } = withEnv(form, spec.id);
  return findEncoderProblem(values, spec.observationSpace) ? null : values;
}
