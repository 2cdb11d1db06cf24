import { Download } from 'lucide-react';
import { useState } from 'react';
import { usageTabs } from '../../exports/usageCode.ts';
import { Button } from '../components/Button.tsx';
import { CopyButton } from '../components/CopyButton.tsx';
import { ScrollRegion } from '../components/ScrollRegion.tsx';
import { Segmented } from '../components/Segmented.tsx';
import styles from './ExportView.module.css';
import { download, type PreparedExport, playPyFile } from './exportFiles.ts';

/** Code that loads the policy and asks it for an action, for each program that reads it. */
export function UsePanel({ prepared: { policy, stem } }: { readonly prepared: PreparedExport }) {
  const tabs = usageTabs(policy, stem);
  const [label, setLabel] = useState(tabs[0]!.label);
  const { code } = tabs.find((tab) => tab.label === label)!;
  return (
    <section className={styles.panel} aria-labelledby="export-use">
      <h2 id="export-use">Use it</h2>
      <div className={styles.row}>
        <Segmented
          label="Program"
          options={tabs.map((tab) => ({ value: tab.label, label: tab.label }))}
          value={label}
          onChange={setLabel}
        />
      </div>
      <ScrollRegion className={styles.code} label={`Code for ${label}`}>
        <pre>{code}</pre>
      </ScrollRegion>
      <div className={styles.row}>
        <CopyButton label="Copy code" text={() => code} />
        {label === 'PyTorch' && (
          <Button icon={<Download size={14} aria-hidden="true" />} onClick={() => download(playPyFile)}>
            Download play.py
          </Button>
        )}
      </div>
    </section>
  );
}
