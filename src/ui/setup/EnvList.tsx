/** The environments to choose from, one frame of each. */
import { Fragment, lazy, Suspense, useState } from 'react';
import guide from '../../../docs/adding-an-environment.md?url';
import { formatNumber } from '../../config/parse.ts';
import type { EnvSpec } from '../../envs/env.ts';
import { envDefinitions } from '../../envs/registry.ts';
import { describeSpace } from '../../envs/spaces.ts';
import { EnvPicture } from '../components/EnvPicture.tsx';
import { SearchField } from '../components/SearchField.tsx';
import { fieldId } from './controlProps.ts';
import styles from './EnvList.module.css';
import { familiesOf, familyOf, matches } from './envSearch.ts';
import { type FormState, withEnv } from './formState.ts';
import { formStore } from './formStore.ts';

/** It reads what was measured; the list needs not wait for it. */
const EnvTime = lazy(async () => ({ default: (await import('./EnvTime.tsx')).EnvTime }));

/** So few are overlooked at a glance. */
const tooFewToSearch = 6;
const all = 'All';
const families = familiesOf(envDefinitions.map((definition) => definition.spec));

export function EnvList({ form, problem }: { readonly form: FormState; readonly problem: string | null }) {
  const chosen = form.values.env;
  const [query, setQuery] = useState('');
  const [family, setFamily] = useState(all);
  const found = envDefinitions.filter(
    ({ spec }) => (family === all || familyOf(spec) === family) && matches(spec, query),
  );
  return (
    <section className={styles.envs} aria-label="Environments">
      <div className={styles.head}>
        <h2>Environment</h2>
        {problem && (
          <p id="env-problem" className={styles.problem}>
            {problem}
          </p>
        )}
        {envDefinitions.length > tooFewToSearch && (
          <>
            <SearchField
              shortcut="Find an environment"
              aria-label="Find an environment"
              placeholder={`Find among ${envDefinitions.length}`}
              value={query}
              onChange={setQuery}
            />
            <Families chosen={family} onChange={setFamily} />
          </>
        )}
      </div>
      <div className={styles.list}>
        <fieldset aria-label="Environment" aria-describedby={problem ? 'env-problem' : undefined}>
          {found.map((definition, i) => {
            const { id } = definition.spec;
            return (
              <label key={id} className={styles.row} data-chosen={id === chosen}>
                <input
                  id={i === 0 ? fieldId('env') : undefined}
                  className="visually-hidden"
                  type="radio"
                  name="env"
                  value={id}
                  checked={id === chosen}
                  onChange={() => formStore.update((now) => withEnv(now, id))}
                />
                <EnvPicture definition={definition} width={72} height={48} className={styles.picture} />
                <span className={styles.text}>
                  <span className={styles.name}>
                    <Breakable name={id} />
                  </span>
                  <span className={styles.facts}>{spacesOf(definition.spec)}</span>
                  <span className={styles.facts}>{goalOf(definition.spec)}</span>
                  <Suspense>
                    <EnvTime form={form} spec={definition.spec} className={styles.facts} />
                  </Suspense>
                </span>
              </label>
            );
          })}
          {found.length === 0 && <p className={styles.nothing}>No environment is called that.</p>}
        </fieldset>
        <p className={styles.own}>
          {/* In a tab of its own, since a run may go on in this one. */}
          <a href={guide} target="_blank" rel="noopener">
            Add your own
          </a>{' '}
          in TypeScript: <code>reset</code>, <code>step</code>, <code>draw</code>
        </p>
      </div>
    </section>
  );
}

function Families({ chosen, onChange }: { readonly chosen: string; readonly onChange: (family: string) => void }) {
  return (
    <fieldset className={styles.families} aria-label="Family">
      {[all, ...families].map((family) => (
        <button key={family} type="button" aria-pressed={family === chosen} onClick={() => onChange(family)}>
          {family}
        </button>
      ))}
    </fieldset>
  );
}

/** A long name breaks between its words, not within one or before its version. */
const Breakable = ({ name }: { readonly name: string }) =>
  name.split(/(?<=[a-z])(?=[A-Z])|(?<=\/|-)(?=[A-Z])/).map((word, i) => (
    <Fragment key={word}>
      {i > 0 && <wbr />}
      <span className={styles.word}>{word}</span>
    </Fragment>
  ));

const goalOf = ({ rewardThreshold }: EnvSpec): string =>
  rewardThreshold === null ? 'no agreed return' : `solved at ${formatNumber(rewardThreshold)}`;

function spacesOf({ observationSpace, actionSpace }: EnvSpec): string {
  const actions = actionSpace.kind === 'discrete' ? `${actionSpace.n} actions` : `${describeSpace(actionSpace)} out`;
  return `${describeSpace(observationSpace)} in, ${actions}`;
}
