import { describe, expect, it } from 'vitest';
import { hyperparametersOf } from '../../config/presets.ts';
import { formToQuery, queryToForm } from './formLink.ts';
import {
  changedNames,
  chosen,
  initialForm,
  left,
  problemsOf,
  reset,
  revealed,
  shownProblems,
  typed,
  withEnv,
  withPreset,
} from './formState.ts';

const machine = { hardwareConcurrency: 4 };

describe('The form', () => {
  it('begins with a preset that can be started', () => {
    expect(problemsOf(initialForm, machine)).toEqual([]);
    expect(changedNames(initialForm)).toEqual([]);
  });

  it('reads numbers as people write them', () => {
    expect(typed(initialForm, 'lr', '3e-4').values.lr).toBe(3e-4);
    expect(typed(initialForm, 'numTrainSteps', '3M').values.numTrainSteps).toBe(3e6);
    expect(typed(initialForm, 'numActors', 'automatic').values.numActors).toBe(0);
  });

  it('keeps text that is no valid value, and the last valid value beside it', () => {
    const form = typed(typed(initialForm, 'lr', '0.001'), 'lr', '0.00x');
    expect(form.unreadable.lr).toBe('0.00x');
    expect(form.values.lr).toBe(0.001);
    expect(typed(form, 'lr', '0.005').unreadable).toEqual({});
  });

  it('says nothing while somebody types, and all about a field once it was left', () => {
    const typing = typed(initialForm, 'lr', '-1');
    expect(shownProblems(typing, machine)).toEqual([]);
    const problems = shownProblems(left(typing, 'lr', machine), machine);
    expect(problems.map((problem) => problem.names[0])).toEqual(['lr']);
    expect(problems[0]!.message).toContain('at least 0');
  });

  it('lets a shown problem go as soon as it is corrected', () => {
    const wrong = left(typed(initialForm, 'lr', '-1'), 'lr', machine);
    expect(shownProblems(typed(wrong, 'lr', '0.001'), machine)).toEqual([]);
  });

  it('keeps a shown problem in sight while its numbers change', () => {
    const form = chosen(initialForm, 'numStorages', 3);
    const shown = left(form, 'numStorages', machine);
    expect(shownProblems(typed(shown, 'numStorages', '4'), machine)[0]!.message).toContain('4 storages');
  });

  it('shows settings that do not fit together when either was left', () => {
    const form = chosen(initialForm, 'numStorages', 3);
    expect(shownProblems(left(form, 'batchSize', machine), machine)).toHaveLength(1);
    expect(shownProblems(left(form, 'lr', machine), machine)).toHaveLength(0);
  });

  it('shows everything wrong when Start is tried', () => {
    const form = typed(typed(initialForm, 'lr', 'fast'), 'numSteps', '0');
    expect(shownProblems(revealed(form, machine), machine)).toHaveLength(2);
  });

  it('goes back to the value of the preset, field by field', () => {
    const changed = typed(withPreset('rllte'), 'lr', '0.1');
    expect(changedNames(changed)).toEqual(['lr']);
    expect(reset(changed, 'lr').values).toEqual(hyperparametersOf('rllte'));
  });

  it('keeps what was changed when another environment is chosen', () => {
    const form = withEnv(typed(initialForm, 'lr', '0.1'), 'Other-v0');
    expect([form.values.env, form.values.lr]).toEqual(['Other-v0', 0.1]);
  });
});

describe('A link to a form', () => {
  it('holds only what differs from the preset', () => {
    expect(formToQuery(typed(initialForm, 'lr', '0.003'))).toBe('preset=cartpole&lr=0.003');
  });

  it('opens as the form it was made of', () => {
    const form = chosen(typed(withPreset('rllte'), 'lr', '3e-4'), 'lockstep', true);
    expect(queryToForm(formToQuery(form))).toEqual({ form, ignored: [] });
  });

  it('takes what it can and names the rest', () => {
    const { form, ignored } = queryToForm('preset=cartpole&lr=fast&numSteps=40&nonsense=1');
    expect(form.values.numSteps).toBe(40);
    expect(form.values.lr).toBe(initialForm.values.lr);
    expect(ignored).toHaveLength(2);
  });
});
