import type { LayerSummary } from '../../networks/networkSummary.ts';
import { compact, whole } from '../format.ts';
import styles from './SetupSummary.module.css';

/** The layers in numbers: a custom encoder is edited in the form, and seen here as it is typed. */
export function NetworkTable({ layers }: { readonly layers: readonly LayerSummary[] }) {
  const sum = (of: 'parameters' | 'flops') => layers.reduce((total, layer) => total + layer[of], 0);
  return (
    <details className={styles.layers}>
      <summary>
        {whole(sum('parameters'))} parameters, {compact(sum('flops'))} operations per observation
      </summary>
      <table>
        <thead>
          <tr>
            <th scope="col">Layer</th>
            <th scope="col">Gives</th>
            <th scope="col">Parameters</th>
            <th scope="col">Operations</th>
          </tr>
        </thead>
        <tbody>
          {layers.map(({ label, shape, parameters, flops }, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a layer is known by its place alone
            <tr key={i}>
              <th scope="row">{label}</th>
              <td>{shape.join(' × ')}</td>
              <td>{whole(parameters)}</td>
              <td>{compact(flops)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}
