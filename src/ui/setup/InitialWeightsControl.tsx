import { FlaskConical, FolderOpen, Settings2, X } from 'lucide-react';
import { useRef } from 'react';
import type { Hyperparameters, TextSpec } from '../../config/hyperparameters.ts';
import { Button } from '../components/Button.tsx';
import { bytes } from '../format.ts';
import { evaluateFile } from '../runActions.ts';
import { useStore } from '../store.ts';
import type { ControlProps } from './controlProps.ts';
import { TextControl } from './controls.tsx';
import styles from './Field.module.css';
import { formStore } from './formStore.ts';
import { chooseWeightsFile, hasShapeOf, weightsFileStore, withShapeOf } from './initialWeights.ts';

/** Initial weights from an address or from a file of this computer; a file can also be evaluated as it is. */
export function InitialWeightsControl(props: ControlProps & { readonly spec: TextSpec }) {
  const file = useStore(weightsFileStore);
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      {file ? (
        <div className={styles.box}>
          <span className={styles.fileName}>{file.name}</span>
          <span className={styles.unit}>{bytes(file.contents.length)}</span>
          <Button look="quiet" aria-label={`Forget ${file.name}`} onClick={() => weightsFileStore.set(null)}>
            <X size={14} aria-hidden="true" />
          </Button>
        </div>
      ) : (
        <TextControl {...props} />
      )}
      <input
        ref={input}
        id={file ? props.id : undefined}
        className="visually-hidden"
        type="file"
        accept=".safetensors"
        aria-label="Weights file"
        tabIndex={-1}
        onChange={(event) => {
          const chosenFile = event.currentTarget.files?.[0];
          event.currentTarget.value = ''; // So that the same file can be chosen again after it was written anew.
          if (chosenFile) void chooseWeightsFile(chosenFile);
        }}
      />
      <div className={styles.file}>
        <Button icon={<FolderOpen size={14} aria-hidden="true" />} onClick={() => input.current?.click()}>
          Choose file
        </Button>
        {file?.hyperparameters && !hasShapeOf(file.hyperparameters, props.form.values) && (
          <Button icon={<Settings2 size={14} aria-hidden="true" />} onClick={() => adoptShape(file.hyperparameters)}>
            Use its settings
          </Button>
        )}
        {file && (
          <Button
            icon={<FlaskConical size={14} aria-hidden="true" />}
            onClick={() => void evaluateFile(file, props.form.values)}
          >
            Evaluate
          </Button>
        )}
      </div>
    </>
  );
}

/** Environment and network of the run that the file comes from. */
function adoptShape(hyperparameters: Hyperparameters | null): void {
  if (!hyperparameters) return;
  formStore.update((form) => ({ ...form, values: withShapeOf(hyperparameters, form.values), unreadable: {} }));
}
