import { FileJson, Link2, Upload, X } from 'lucide-react';
import { useState } from 'react';
import { specOf } from '../../config/hyperparameters.ts';
import { readConfiguration } from '../../config/parse.ts';
import { hyperparametersOf, type PresetName, presetNames, presets } from '../../config/presets.ts';
import { nextName } from '../../runs/runNames.ts';
import { Button } from '../components/Button.tsx';
import { CopyButton } from '../components/CopyButton.tsx';
import { FileButton } from '../components/FileButton.tsx';
import { Help } from '../components/Help.tsx';
import { LabelledSelect } from '../components/LabelledSelect.tsx';
import { alertStore, announce, messageOf } from '../notices.ts';
import { downloadConfiguration } from '../runActions.ts';
import { runsStore } from '../runs/runsStore.ts';
import { fileNameOf } from '../saveFile.ts';
import { useStore } from '../store.ts';
import styles from './ConfigureHeader.module.css';
import { fieldId } from './controlProps.ts';
import { changedNames, chosen, type FormState, initialForm, withPreset } from './formState.ts';
import { formStore, linkToForm } from './formStore.ts';

export function ConfigureHeader({ form }: { readonly form: FormState }) {
  const numChanged = changedNames(form).length;
  return (
    <header className={styles.header}>
      <h1>New run</h1>
      <NameField form={form} />
      <LabelledSelect
        label="Preset"
        value={form.preset}
        onChange={(preset) => formStore.set(withPreset(preset as PresetName))}
      >
        {presetNames.map((name) => (
          <option key={name} value={name}>
            {presets[name].title}
          </option>
        ))}
      </LabelledSelect>
      <Help about={`the preset ${presets[form.preset].title}`}>
        <p>{presets[form.preset].doc}</p>
      </Help>
      {numChanged > 0 && <span className={styles.changed}>{numChanged} changed</span>}
      <div className={styles.buttons}>
        {numChanged > 0 && (
          <Button icon={<X size={14} aria-hidden="true" />} onClick={() => formStore.set(withPreset(form.preset))}>
            Reset all
          </Button>
        )}
        <FileButton
          label="Configuration file"
          accept=".json,application/json"
          icon={Upload}
          onFile={(file) => void importConfiguration(file)}
        >
          Import
        </FileButton>
        <Button
          icon={<FileJson size={14} aria-hidden="true" />}
          onClick={() => downloadConfiguration(form.values, fileNameOf(nextName(form.values, [])))}
        >
          JSON
        </Button>
        <CopyButton label="Copy link" icon={Link2} text={() => linkToForm(form)} />
      </div>
    </header>
  );
}

/** Left alone, it shows what the run will be called. */
function NameField({ form }: { readonly form: FormState }) {
  const runs = useStore(runsStore);
  const [typed, setTyped] = useState<string | null>(null); // Whoever types a longer name may pass the default on the way.
  const { tag } = form.values;
  const unnamed = specOf('tag').default as string;
  return (
    <input
      id={fieldId('tag')}
      className={styles.name}
      aria-label="Name of the run"
      autoComplete="off"
      spellCheck={false}
      placeholder={nextName({ ...form.values, tag: unnamed }, runs ?? [])}
      value={typed ?? (tag === unnamed ? '' : tag)}
      onChange={(event) => {
        const name = event.currentTarget.value;
        setTyped(name);
        formStore.update((now) => chosen(now, 'tag', name || unnamed));
      }}
      onBlur={() => setTyped(null)}
    />
  );
}

/** Reads a config.json, as every run can save one. */
async function importConfiguration(file: File): Promise<void> {
  try {
    const { hyperparameters, problems } = readConfiguration(
      JSON.parse(await file.text()),
      hyperparametersOf('cartpole'),
    );
    alertStore.set(problems.length > 0 ? `${file.name}: ${problems.join(' ')}` : null);
    formStore.set({ ...initialForm, values: hyperparameters });
    announce(`Settings of ${file.name} are in the form.`);
  } catch (error) {
    alertStore.set(`${file.name} is no configuration: ${messageOf(error)}`);
  }
}
