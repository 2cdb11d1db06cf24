import { Download } from 'lucide-react';
import { useState } from 'react';
import { parameterLayout } from '../../networks/parameterLayout.ts';
import { Button } from '../components/Button.tsx';
import { bytes, compact, count } from '../format.ts';
import styles from './ExportView.module.css';
import { download, type PreparedExport } from './exportFiles.ts';

/** The policy in one format. */
export function WeightsPanel({ prepared: { weights, policy, frames } }: { readonly prepared: PreparedExport }) {
  const [id, setId] = useState(weights[0]!.format.id);
  const chosen = weights.find(({ format }) => format.id === id)!;
  const { tensors } = parameterLayout(policy.network);
  return (
    <section className={styles.panel} aria-labelledby="export-weights">
      <h2 id="export-weights">Weights</h2>
      <p className={styles.doc}>As they were after {compact(frames)} env steps.</p>
      <fieldset className={styles.formats}>
        <legend className="visually-hidden">Format</legend>
        {weights.map(({ format, sizeBytes, doc }) => (
          <label key={format.id} className={styles.format}>
            <input
              type="radio"
              name="weight-format"
              value={format.id}
              checked={format.id === id}
              onChange={() => setId(format.id)}
            />
            <span className={styles.formatText}>
              <b>{format.label}</b>
              <span className={styles.doc}>{doc}</span>
            </span>
            <span className={styles.size}>{bytes(sizeBytes)}</span>
          </label>
        ))}
      </fieldset>
      <Button look="primary" icon={<Download size={16} aria-hidden="true" />} onClick={() => download(chosen)}>
        Download weights
      </Button>
      <details className={styles.tensors}>
        <summary>{count(tensors.length, 'tensor')}, float32: names and shapes</summary>
        <table>
          <thead>
            <tr>
              <th scope="col">Name</th>
              <th scope="col">Shape</th>
            </tr>
          </thead>
          <tbody>
            {tensors.map(({ name, shape }) => (
              <tr key={name}>
                <td>{name}</td>
                <td>{shape.join(' × ')}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </section>
  );
}
