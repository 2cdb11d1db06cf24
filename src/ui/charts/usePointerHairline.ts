import { type PointerEvent, useMemo } from 'react';
import type { Store } from '../store.ts';
import type { Scales } from './scales.ts';

/** Moves a hairline, which several charts may share, with the pointer over one of them. */
export function usePointerHairline(scales: Store<Scales | null>, hairline: Store<number | null>) {
  return useMemo(() => {
    let wanted: number | null = null;
    let isAsked = false;
    const show = (x: number | null) => {
      wanted = x;
      if (isAsked) return;
      isAsked = true;
      requestAnimationFrame(() => {
        isAsked = false;
        hairline.set(wanted);
      });
    };
    return {
      onPointerMove: (event: PointerEvent<HTMLElement>) => {
        const now = scales.get();
        if (!now) return;
        const px = event.clientX - event.currentTarget.getBoundingClientRect().left;
        const isInside = px >= now.plot.x && px <= now.plot.x + now.plot.width;
        show(isInside ? (px - now.x.offset) / now.x.factor : null);
      },
      onPointerLeave: () => show(null),
    };
  }, [scales, hairline]);
}
