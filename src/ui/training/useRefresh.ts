import { type RefObject, useReducer } from 'react';
import { useTurns } from '../charts/chartContext.ts';

/** Renders a panel again in its turn, after something was recorded. */
export function useRefresh(element: RefObject<HTMLElement | null>): void {
  const [, refresh] = useReducer((count: number) => count + 1, 0);
  useTurns(element, refresh);
}
