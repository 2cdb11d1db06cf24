import { Play, Settings2 } from 'lucide-react';
import { hyperparametersOf, type PresetName, presetNames, presets } from '../../config/presets.ts';
import { Button } from '../components/Button.tsx';
import { goTo } from '../routes.ts';
import { startRun } from '../runActions.ts';
import { withPreset } from '../setup/formState.ts';
import { formStore } from '../setup/formStore.ts';
import styles from './RunsView.module.css';

const sample: PresetName = 'cartpole';

/** Before the first run: ways to get one. */
export function EmptyRuns() {
  const configure = (preset: PresetName) => {
    formStore.set(withPreset(preset));
    goTo('configure');
  };
  return (
    <section className={styles.empty}>
      <h2>No runs yet</h2>
      <p>
        Every run you train is kept here, with its curves and weights: to compare, to resume, to take along. Nothing
        leaves this browser.
      </p>
      <div className={styles.buttons}>
        <Button
          icon={<Play size={15} aria-hidden="true" />}
          onClick={() => void startRun(hyperparametersOf(sample, { tag: 'first-run' }), null)}
        >
          Train a sample: CartPole, about a minute
        </Button>
        {presetNames.slice(0, 3).map((preset) => (
          <Button
            key={preset}
            icon={<Settings2 size={15} aria-hidden="true" />}
            title={presets[preset].doc}
            onClick={() => configure(preset)}
          >
            Configure {presets[preset].title}
          </Button>
        ))}
      </div>
    </section>
  );
}
