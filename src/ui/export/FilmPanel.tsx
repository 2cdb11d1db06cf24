import { useState } from 'react';
import { firstEvaluationSeed } from '../../config/evaluation.ts';
import { RecordForm } from '../components/RecordForm.tsx';
import { WholeNumberField } from '../components/WholeNumberField.tsx';
import { compact } from '../format.ts';
import styles from './ExportView.module.css';
import type { PreparedExport } from './exportFiles.ts';

/** A film of one episode. It has to be played first, so its size is known only then. */
export function FilmPanel({ prepared: { policy, source, frames } }: { readonly prepared: PreparedExport }) {
  const [seed, setSeed] = useState(firstEvaluationSeed);
  const { hyperparameters, network, parameters } = policy;
  const { env, evalEnv, rewardClipping } = hyperparameters;
  const title = `${source.name}, ${compact(frames)} env steps`;
  const request = {
    env: evalEnv || env,
    policy: { network, rewardClipping, parameters },
    seed,
    greedy: true,
    maxSteps: null,
  };
  return (
    <section className={styles.panel} aria-labelledby="export-film">
      <h2 id="export-film">Film</h2>
      <p className={styles.doc}>
        One episode with the most probable action always, played in a worker. MP4, or WebM where the browser encodes no
        H.264, for players and slides; GIF for pages that take no video. The seed decides how the episode begins.
      </p>
      <div className={styles.film}>
        <WholeNumberField
          label="Seed of the episode"
          value={seed}
          least={0}
          most={2 ** 32 - 1}
          onChange={(next) => next !== null && setSeed(next)}
        />
        <RecordForm subjects={[{ label: title, roles: [{ title, name: source.name, frames, request }] }]} />
      </div>
    </section>
  );
}
