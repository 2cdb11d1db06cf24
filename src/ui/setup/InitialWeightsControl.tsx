import { FlaskConical, FolderOpen, Settings2, X } from 'lucide-react';
import type { Hyperparameters, TextSpec } from '../../config/hyperparameters.ts';
import { Button } from '../components/Button.tsx';
import { FileButton } from '../components/FileButton.tsx';
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
      <div className={styles.file}>
        <FileButton
          id={file ? props.id : undefined}
          label="Weights file"
          accept=".safetensors"
          icon={FolderOpen}
          onFile={(chosen) => void chooseWeightsFile(chosen)}
        >
          Choose file
        </FileButton>
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
