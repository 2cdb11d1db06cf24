import { type PointerEvent, useMemo } from 'react';
import type { Store } from '../store.ts';
import type { Scales } from './scales.ts';

/** Moves a hairline, which several charts may share, with the pointer over one of them: once a frame, however often it moves. */
export function usePointerHairline(scales: Store<Scales | null>, hairline: Store<number | null>) {
  return useMemo(() => {
    let pointer: { readonly frame: HTMLElement; readonly clientX: number } | null = null;
    let isAsked = false;
    const show = () => {
      isAsked = false;
      const now = scales.get();
      const px = pointer && pointer.clientX - pointer.frame.getBoundingClientRect().left;
      const isInside = now && px !== null && px >= now.plot.x && px <= now.plot.x + now.plot.width;
      hairline.set(isInside ? (px - now.x.offset) / now.x.factor : null);
    };
    const point = (to: typeof pointer) => {
      pointer = to;
      if (!isAsked) requestAnimationFrame(show);
      isAsked = true;
    };
    return {
      onPointerMove: ({ currentTarget, clientX }: PointerEvent<HTMLElement>) =>
        point({ frame: currentTarget, clientX }),
      onPointerLeave: () => point(null),
    };
  }, [scales, hairline]);
}
