/** How React reads the one agent of the page. */
import { useCallback, useRef, useSyncExternalStore } from 'react';
import type { Agent, RunState } from '../trainer/run.ts';
import { currentAgent, subscribeToSession } from '../trainer/session.ts';

export const useAgent = (): Agent | null => useSyncExternalStore(subscribeToSession, currentAgent);

const idle: RunState = { status: 'idle' };

/** The state of the agent; the same object until something in it changes. */
export function useRunState(agent: Agent | null): RunState {
  const last = useRef(idle);
  const subscribe = useCallback((listener: () => void) => agent?.subscribe(listener) ?? (() => {}), [agent]);
  return useSyncExternalStore(subscribe, () => {
    const state = agent?.state ?? idle;
    if (!isSame(state, last.current)) last.current = state;
    return last.current;
  });
}

function isSame(a: RunState, b: RunState): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** States in which an agent computes: leaving the page would lose something. */
export const isBusy = (state: RunState): boolean =>
  ['starting', 'training', 'pausing', 'paused', 'stopping', 'evaluating'].includes(state.status);
