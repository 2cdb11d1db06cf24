/** What every control of the form is given. */
import type { HyperparameterName } from '../../config/hyperparameters.ts';
import type { FormState } from './formState.ts';

/** The line below a field. */
export interface FieldNote {
  readonly state: 'fine' | 'warning' | 'error';
  readonly text: string;
}

export interface ControlProps {
  readonly name: HyperparameterName;
  readonly form: FormState;
  readonly id: string;
  /** The element that describes the control. */
  readonly noteId: string;
  readonly state: FieldNote['state'];
}

export const fieldId = (name: HyperparameterName): string => `field-${name}`;
