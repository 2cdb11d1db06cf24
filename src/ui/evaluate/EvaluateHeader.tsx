/** Which policies are evaluated, on which episodes; the button; and how far it is. */
import { FlaskConical, FolderOpen, X } from 'lucide-react';
import type { PolicySource } from '../../evaluation/policySource.ts';
import { Button } from '../components/Button.tsx';
import fieldStyles from '../components/Field.module.css';
import { FileButton } from '../components/FileButton.tsx';
import { Help } from '../components/Help.tsx';
import { Segmented } from '../components/Segmented.tsx';
import { WeightsSelect } from '../components/WeightsSelect.tsx';
import { WholeNumberField } from '../components/WholeNumberField.tsx';
import { whole } from '../format.ts';
import { alertStore, messageOf } from '../notices.ts';
import { useStore } from '../store.ts';
import styles from './EvaluateHeader.module.css';
import { choiceStore, evaluateSources, settingsStore, type Work, workStore } from './evaluation.ts';
import { openWeightsFile } from './policySources.ts';

const modes = [
  { value: 'greedy', label: 'Greedy' },
  { value: 'sampled', label: 'Sampled' },
] as const;

export function EvaluateHeader({ sources }: { readonly sources: readonly PolicySource[] }) {
  const choice = useStore(choiceStore);
  const settings = useStore(settingsStore);
  const work = useStore(workStore);
  const first = sources.find(({ id }) => id === choice.first) ?? sources[0]!;
  const others = sources.filter((source) => source !== first);
  const second = others.find(({ id }) => id === choice.second);
  return (
    <header className={styles.header}>
      <h1>Evaluate</h1>
      <WeightsSelect
        label="Policy"
        weights={sources}
        value={first.id}
        onChange={(id) => choiceStore.set({ ...choice, first: id })}
      />
      <WeightsSelect
        label="Compare with"
        weights={others}
        value={second?.id ?? ''}
        none="nothing"
        onChange={(id) => choiceStore.set({ ...choice, second: id || null })}
      />
      <OpenFileButton onOpen={(source) => choiceStore.set({ ...choice, first: source.id })} />
      <div className={styles.settings}>
        <div className={fieldStyles.field}>
          <span>
            Actions{' '}
            <Help about="the actions">
              <p>Greedy takes the most probable action always; sampled draws from the policy, as training does.</p>
            </Help>
          </span>
          <Segmented
            label="Actions"
            options={modes}
            value={settings.greedy ? 'greedy' : 'sampled'}
            onChange={(mode) => settingsStore.set({ ...settings, greedy: mode === 'greedy' })}
          />
        </div>
        <WholeNumberField
          label="Episodes"
          value={settings.episodes}
          least={1}
          most={10_000}
          onChange={(episodes) => episodes !== null && settingsStore.set({ ...settings, episodes })}
        />
        <WholeNumberField
          label="First seed"
          value={settings.firstSeed}
          least={0}
          most={2 ** 31 - 1}
          onChange={(firstSeed) => firstSeed !== null && settingsStore.set({ ...settings, firstSeed })}
        />
        <WholeNumberField
          label="Max steps"
          value={settings.maxSteps}
          least={1}
          most={20_000}
          placeholder="as the env"
          onChange={(maxSteps) => settingsStore.set({ ...settings, maxSteps })}
        />
        {work ? (
          <Progress work={work} />
        ) : (
          <Button
            look="primary"
            icon={<FlaskConical size={16} aria-hidden="true" />}
            onClick={() => void evaluateSources(second ? [first, second] : [first])}
          >
            Evaluate
          </Button>
        )}
      </div>
    </header>
  );
}

function Progress({ work: { played, total, cancel } }: { readonly work: Work }) {
  return (
    <div className={styles.progress}>
      <progress aria-label="Episodes played" value={played} max={total} />
      <span>
        {whole(played)} of {whole(total)} episodes
      </span>
      <Button icon={<X size={14} aria-hidden="true" />} onClick={cancel}>
        Cancel
      </Button>
    </div>
  );
}

export function OpenFileButton({ onOpen }: { readonly onOpen: (source: PolicySource) => void }) {
  const open = async (file: File) => {
    try {
      onOpen(openWeightsFile(file.name, new Uint8Array(await file.arrayBuffer())));
    } catch (error) {
      alertStore.set(`${file.name}: ${messageOf(error)}`);
    }
  };
  return (
    <FileButton
      label="Weights file to evaluate"
      accept=".safetensors"
      icon={FolderOpen}
      onFile={(file) => void open(file)}
    >
      Open weights
    </FileButton>
  );
}
