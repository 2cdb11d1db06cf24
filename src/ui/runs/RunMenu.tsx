import {
  Archive,
  ChartColumn,
  CopyPlus,
  Download,
  Eraser,
  LineChart,
  Pencil,
  Pin,
  PinOff,
  Play,
  Share2,
  Trash2,
} from 'lucide-react';
import { runStore } from '../../runs/BrowserRunStore.ts';
import type { StoredRun } from '../../runs/RunStore.ts';
import { MenuButton, type MenuItem } from '../components/MenuButton.tsx';
import { goTo } from '../routes.ts';
import { resumeRun } from '../runActions.ts';
import { editedRunStore } from './EditRunDialog.tsx';
import { deleteRuns, downloadNewestWeights, duplicateRun, exportRuns, report } from './runsActions.ts';
import { isResumable } from './statusLook.ts';

export function RunMenu({ run }: { readonly run: StoredRun }) {
  return <MenuButton look="quiet" label={`Actions for ${run.name}`} items={() => itemsFor(run)} />;
}

/** Only what can be done with the run as it is. */
function itemsFor(run: StoredRun): MenuItem[] {
  const icon = { size: 14, 'aria-hidden': true } as const;
  const hasFiles = run.weights.length > 0 || run.checkpoint !== null;
  const isUnderWay = run.status === 'training';
  const items: (MenuItem | false)[] = [
    { icon: <LineChart {...icon} />, label: 'Open', act: () => goTo('train', run.id) },
    isResumable(run) && { icon: <Play {...icon} />, label: 'Resume', act: () => void resumeRun(run) },
    { icon: <CopyPlus {...icon} />, label: 'Duplicate with changes', act: () => duplicateRun(run) },
    { icon: <Pencil {...icon} />, label: 'Name, colour, note', act: () => editedRunStore.set(run) },
    {
      icon: run.isPinned ? <PinOff {...icon} /> : <Pin {...icon} />,
      label: run.isPinned ? 'Unpin' : 'Pin to the top',
      act: () => report(runStore.change(run.id, { isPinned: !run.isPinned })),
    },
    run.weights.length > 0 && {
      icon: <ChartColumn {...icon} />,
      label: 'Evaluate and watch',
      act: () => goTo('evaluate', run.id),
    },
    run.weights.length > 0 && {
      icon: <Download {...icon} />,
      label: 'Download weights',
      act: () => report(downloadNewestWeights(run)),
    },
    run.weights.length > 0 && {
      icon: <Share2 {...icon} />,
      label: 'Export to other formats',
      act: () => goTo('export', run.id),
    },
    { icon: <Archive {...icon} />, label: 'Export as zip', act: () => report(exportRuns([run])) },
    hasFiles &&
      !isUnderWay && {
        icon: <Eraser {...icon} />,
        label: 'Delete weights, keep curves',
        act: () => report(runStore.deleteFiles(run.id)),
      },
    !isUnderWay && { icon: <Trash2 {...icon} />, label: 'Delete', act: () => deleteRuns([run]) },
  ];
  return items.filter((item) => item !== false);
}
