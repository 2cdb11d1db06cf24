import { X } from 'lucide-react';
import { type ChartLook, type ChartName, type ChartSettings, toggled } from './chartSettings.ts';
import { chartSettingsStore } from './chartSettingsStore.ts';
import styles from './charts.module.css';

/** Says that a y axis is logarithmic or leaves outliers out; a click on it ends that. */
export function LookChips({ name, look }: { readonly name: ChartName; readonly look: ChartLook }) {
  return (
    <>
      {look.isLog && <Chip text="log" does="Linear y axis" onClick={() => toggleLook('log', name)} />}
      {look.isRobust && <Chip text="robust" does="Show outliers too" onClick={() => toggleLook('robust', name)} />}
    </>
  );
}

export const toggleLook = (kind: keyof Pick<ChartSettings, 'log' | 'robust'>, name: ChartName): void =>
  chartSettingsStore.update((settings) => ({ ...settings, [kind]: toggled(settings[kind], name) }));

interface ChipProps {
  readonly text: string;
  readonly does: string;
  readonly onClick: () => void;
}

const Chip = ({ text, does, onClick }: ChipProps) => (
  <button type="button" className={styles.chip} aria-label={`${text}: ${does}`} title={does} onClick={onClick}>
    {text} <X size={11} aria-hidden="true" />
  </button>
);
