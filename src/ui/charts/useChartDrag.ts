/** Small charts are dragged by their titles onto one another; the menu does the same for keys and fingers. */
import { type DragEvent, useState } from 'react';
import { chartSettingsStore } from './chartSettingsStore.ts';
import { type SeriesName, seriesNames } from './runSeries.ts';

const format = 'application/x-pronk-chart';

export function useChartDrag(name: SeriesName) {
  const [isTarget, setIsTarget] = useState(false);
  return {
    handle: {
      draggable: true,
      title: 'Drag to move the chart',
      onDragStart: (event: DragEvent) => event.dataTransfer.setData(format, name),
    },
    target: {
      'data-is-target': isTarget,
      onDragOver: (event: DragEvent) => {
        if (!event.dataTransfer.types.includes(format)) return;
        event.preventDefault(); // It may be dropped here.
        setIsTarget(true);
      },
      onDragLeave: (event: DragEvent<HTMLElement>) => {
        if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setIsTarget(false);
      },
      onDrop: (event: DragEvent) => {
        setIsTarget(false);
        const dragged = seriesNames.find((other) => other === event.dataTransfer.getData(format));
        if (!dragged || dragged === name) return;
        event.preventDefault();
        void import('./chartLayout.ts').then(({ moveChart }) =>
          moveChart(dragged, chartSettingsStore.get().shown.indexOf(name)),
        );
      },
    },
  };
}
