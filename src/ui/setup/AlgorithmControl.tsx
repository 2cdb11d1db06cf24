import { algorithms } from '../../algorithms/registry.ts';
import styles from './AlgorithmControl.module.css';
import type { ControlProps } from './controlProps.ts';
import { choose } from './controls.tsx';

/** A card for each algorithm: what it is called, and what it is good for. */
export function AlgorithmControl({ name, form, id, noteId }: ControlProps) {
  const value = form.values[name];
  return (
    <div className={styles.cards} role="radiogroup" aria-labelledby={`${id}-label`} aria-describedby={noteId}>
      {algorithms.map((algorithm) => {
        const isChosen = algorithm.id === value;
        return (
          <label key={algorithm.id} className={styles.card} data-chosen={isChosen}>
            <input
              id={isChosen ? id : undefined}
              className="visually-hidden"
              type="radio"
              name={id}
              value={algorithm.id}
              aria-label={algorithm.name}
              aria-describedby={`${id}-${algorithm.id}`}
              checked={isChosen}
              onChange={() => choose(name, algorithm.id)}
            />
            <b>{algorithm.name}</b>
            <span id={`${id}-${algorithm.id}`}>{algorithm.doc}</span>
          </label>
        );
      })}
    </div>
  );
}
