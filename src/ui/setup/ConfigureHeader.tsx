import { FileJson, Link2, Upload, X } from 'lucide-react';
import { readConfiguration } from '../../config/parse.ts';
import { hyperparametersOf, type PresetName, presetNames, presets } from '../../config/presets.ts';
import { Button } from '../components/Button.tsx';
import { CopyButton } from '../components/CopyButton.tsx';
import { FileButton } from '../components/FileButton.tsx';
import { Help } from '../components/Help.tsx';
import { LabelledSelect } from '../components/LabelledSelect.tsx';
import { alertStore, announce, messageOf } from '../notices.ts';
import { downloadConfiguration } from '../runActions.ts';
import styles from './ConfigureHeader.module.css';
import { fieldId } from './controlProps.ts';
import { changedNames, chosen, type FormState, initialForm, withPreset } from './formState.ts';
import { formStore, linkToForm } from './formStore.ts';

export function ConfigureHeader({ form }: { readonly form: FormState }) {
  const numChanged = changedNames(form).length;
  return (
    <header className={styles.header}>
      <h1>New run</h1>
      <input
        id={fieldId('tag')}
        className={styles.name}
        aria-label="Name of the run"
        autoComplete="off"
        spellCheck={false}
        value={form.values.tag}
        onChange={(event) => formStore.update((now) => chosen(now, 'tag', event.currentTarget.value))}
      />
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
        <Button icon={<FileJson size={14} aria-hidden="true" />} onClick={() => downloadConfiguration(form.values)}>
          JSON
        </Button>
        <CopyButton label="Copy link" icon={Link2} text={() => linkToForm(form)} />
      </div>
    </header>
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
