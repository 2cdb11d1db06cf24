import { ChartColumn, Download, Ellipsis, FileJson, FlaskConical, Settings2, Share2, Table } from 'lucide-react';
import { type ReactNode, useId, useRef } from 'react';
import type { RunState } from '../../trainer/run.ts';
import { useRun } from '../charts/chartContext.ts';
import { Button } from '../components/Button.tsx';
import { placeBelow } from '../components/placeBelow.ts';
import { goTo } from '../routes.ts';
import { downloadConfiguration, downloadMetrics, downloadWeights, evaluate } from '../runActions.ts';
import { duplicateRun } from '../runs/runsActions.ts';
import { keptRunStore } from '../runs/runsStore.ts';
import styles from './RunHeader.module.css';

/** What is wanted less often. */
export function MoreMenu({ state }: { readonly state: RunState }) {
  const { agent, hyperparameters, stored } = useRun();
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const menu = useRef<HTMLDivElement>(null);
  const isEvaluable = !stored && ['idle', 'training', 'paused', 'finished'].includes(state.status);
  const item = (icon: ReactNode, label: string, act: () => void, isPossible = true) => (
    <button
      type="button"
      disabled={!isPossible}
      onClick={() => {
        menu.current?.hidePopover();
        act();
      }}
    >
      {icon} {label}
    </button>
  );
  return (
    <>
      <Button ref={button} popoverTarget={id} aria-label="More" icon={<Ellipsis size={16} aria-hidden="true" />} />
      <div
        ref={menu}
        id={id}
        popover="auto"
        className={styles.menu}
        onToggle={(event) => {
          if (event.newState === 'open' && button.current) placeBelow(event.currentTarget, button.current);
        }}
      >
        {item(<Download size={14} aria-hidden="true" />, 'Download weights', () =>
          downloadWeights(agent, hyperparameters),
        )}
        {item(<Share2 size={14} aria-hidden="true" />, 'Export to other formats', () =>
          goTo('export', stored?.id ?? ''),
        )}
        {item(<Table size={14} aria-hidden="true" />, 'Download metrics.csv', () =>
          downloadMetrics(agent, hyperparameters),
        )}
        {item(<FileJson size={14} aria-hidden="true" />, 'Download config.json', () =>
          downloadConfiguration(hyperparameters),
        )}
        {item(
          <FlaskConical size={14} aria-hidden="true" />,
          `Evaluate now, ${hyperparameters.numEvalEpisodes} episodes`,
          () => void evaluate(agent, hyperparameters.numEvalEpisodes),
          isEvaluable,
        )}
        {item(<ChartColumn size={14} aria-hidden="true" />, 'Evaluate and watch', () =>
          goTo('evaluate', stored?.id ?? keptRunStore.get() ?? ''),
        )}
        {item(<Settings2 size={14} aria-hidden="true" />, 'Change the settings', () =>
          stored ? duplicateRun(stored) : goTo('configure'),
        )}
      </div>
    </>
  );
}
