/** Below the settings of the network: the layers of a custom encoder, or the way from a named one to its layers. */
import { Pencil } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { automaticEncoder, encoderLayersFor, formatEncoder } from '../../config/encoders.ts';
import type { Problem } from '../../config/findProblems.ts';
import { envDefinitions } from '../../envs/registry.ts';
import type { ObservationSpace } from '../../envs/spaces.ts';
import { Button } from '../components/Button.tsx';
import { chosen, type FormState } from './formState.ts';
import { formStore } from './formStore.ts';
import styles from './HyperparameterForm.module.css';

const EncoderEditor = lazy(async () => ({ default: (await import('./encoder/EncoderEditor.tsx')).EncoderEditor }));

interface Props {
  readonly form: FormState;
  readonly problems: readonly Problem[];
}

export function EncoderPanel({ form, problems }: Props) {
  const [wasAskedFor, setWasAskedFor] = useState(false);
  const space = envDefinitions.find(({ spec }) => spec.id === form.values.env)?.spec.observationSpace;
  if (!space) return null;
  const { encoder } = form.values;
  if (encoder === 'custom') {
    return (
      <Suspense fallback={<p>Loading…</p>}>
        <EncoderEditor form={form} problems={problems} space={space} takesFocus={wasAskedFor} />
      </Suspense>
    );
  }
  return (
    <Button
      className={styles.edit}
      icon={<Pencil size={14} aria-hidden="true" />}
      onClick={() => {
        setWasAskedFor(true);
        formStore.update((now) => withCustomEncoder(now, space));
      }}
    >
      Edit the layers of {encoder === 'auto' ? automaticEncoder(space) : encoder}
    </Button>
  );
}

/** The layers of the named encoder become those of a custom one. */
function withCustomEncoder(form: FormState, space: ObservationSpace): FormState {
  const layers = formatEncoder(encoderLayersFor(form.values, space));
  return chosen(chosen(form, 'encoderLayers', layers), 'encoder', 'custom');
}
