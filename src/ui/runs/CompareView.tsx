/** Some runs over one another, and the settings in which they differ. */
import { ArrowLeft } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { StoredRun } from '../../runs/RunStore.ts';
import buttonStyles from '../components/Button.module.css';
import { Segmented } from '../components/Segmented.tsx';
import { count } from '../format.ts';
import { hrefOf, useRoute } from '../routes.ts';
import { useStore } from '../store.ts';
import styles from './CompareView.module.css';
import type { CurveKind } from './compareCurves.ts';
import { OverlayChart } from './OverlayChart.tsx';
import { groupBySettings } from './runFacts.ts';
import { runsStore } from './runsStore.ts';
import { SettingsDifferences } from './SettingsDifferences.tsx';
import { useCurves } from './useCurves.ts';

export function CompareView() {
  const { query } = useRoute();
  const runs = useStore(runsStore);
  const ids = useMemo(() => (new URLSearchParams(query).get('ids') ?? '').split(',').filter(Boolean), [query]);
  const chosen = useMemo(() => ids.flatMap((id) => runs?.find((run) => run.id === id) ?? []), [ids, runs]);
  return (
    <div>
      <header className={styles.header}>
        <a className={buttonStyles.button} href={hrefOf('runs')}>
          <ArrowLeft size={14} aria-hidden="true" /> All runs
        </a>
        <h1>Compare {count(chosen.length, 'run')}</h1>
        {chosen.length < ids.length && runs && (
          <span>Of the link, {count(ids.length - chosen.length, 'run')} cannot be found here.</span>
        )}
      </header>
      {chosen.length === 0 ? (
        <p className={styles.message}>
          {runs ? 'Mark two or more runs in the table to compare them.' : 'Reading the runs…'}
        </p>
      ) : (
        <Comparison runs={chosen} />
      )}
    </div>
  );
}

const kinds: readonly { value: CurveKind; label: string }[] = [
  { value: 'returns', label: 'Episode return' },
  { value: 'evaluations', label: 'Evaluations' },
];

const groupings = [
  { value: 'runs', label: 'Each run' },
  { value: 'seeds', label: 'Groups of seeds' },
] as const;

function Comparison({ runs }: { readonly runs: readonly StoredRun[] }) {
  const [kind, setKind] = useState<CurveKind>('returns');
  const [grouping, setGrouping] = useState<'runs' | 'seeds'>('runs');
  const [marked, setMarked] = useState<string | null>(null);
  const curves = useCurves(runs);
  const hasGroups = groupBySettings(runs).length < runs.length;
  return (
    <div className={styles.columns}>
      <section className={styles.chart} aria-label="Curves">
        <div className={styles.controls}>
          <Segmented label="Curve" options={kinds} value={kind} onChange={setKind} />
          {hasGroups && <Segmented label="Lines" options={groupings} value={grouping} onChange={setGrouping} />}
        </div>
        <OverlayChart
          runs={runs}
          curves={curves}
          kind={kind}
          isGrouped={hasGroups && grouping === 'seeds'}
          marked={marked}
          onMark={setMarked}
        />
      </section>
      <SettingsDifferences runs={runs} marked={marked} />
    </div>
  );
}
