import { formatNumber } from '../../config/parse.ts';
import type { EnvSpec } from '../../envs/env.ts';
import { envDefinitions } from '../../envs/registry.ts';
import { describeSpace } from '../../envs/spaces.ts';
import { EnvPicture } from '../components/EnvPicture.tsx';
import { fieldId } from './controlProps.ts';
import styles from './EnvList.module.css';
import { withEnv } from './formState.ts';
import { formStore } from './formStore.ts';

/** The environments to choose from, one frame of each. */
export function EnvList({ chosen, problem }: { readonly chosen: string; readonly problem: string | null }) {
  return (
    <fieldset className={styles.list} aria-describedby={problem ? 'env-problem' : undefined}>
      <legend className={styles.title}>Environment</legend>
      {problem && (
        <p id="env-problem" className={styles.problem}>
          {problem}
        </p>
      )}
      {envDefinitions.map((definition, i) => {
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
              onChange={() => formStore.update((form) => withEnv(form, id))}
            />
            <EnvPicture definition={definition} width={72} height={48} className={styles.picture} />
            <span className={styles.text}>
              <span className={styles.name}>{id}</span>
              <span className={styles.facts}>{factsOf(definition.spec)}</span>
            </span>
          </label>
        );
      })}
    </fieldset>
  );
}

function factsOf({ observationSpace, actionSpace, rewardThreshold }: EnvSpec): string {
  const actions = actionSpace.kind === 'discrete' ? `${actionSpace.n} actions` : `${describeSpace(actionSpace)} out`;
  const solved = rewardThreshold === null ? '' : `, solved at ${formatNumber(rewardThreshold)}`;
  return `${describeSpace(observationSpace)} in, ${actions}${solved}`;
}
