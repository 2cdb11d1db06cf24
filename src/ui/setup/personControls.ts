/** Which keys play an environment, so that a person can feel what the agent has to learn. */
import { type Action, type ActionSpace, boundAt, sizeOf } from '../../envs/spaces.ts';

export interface Binding {
  /** As `KeyboardEvent.key` has it. */
  readonly key: string;
  /** The key as people read it. */
  readonly keyName: string;
  readonly label: string;
  readonly action: Action;
}

export interface PersonControls {
  readonly bindings: readonly Binding[];
  /** What is done while no key is held; null: time stands still. */
  readonly idle: Action | null;
}

const arrows = { ArrowLeft: '←', ArrowRight: '→', ArrowUp: '↑', ArrowDown: '↓' } as const;
type Arrow = keyof typeof arrows;

/** What actions are called that an arrow stands for. */
const meanings: Readonly<Record<Arrow, RegExp>> = {
  ArrowLeft: /\bleft\b|−1$/i,
  ArrowRight: /\bright\b|\+1$/i,
  ArrowUp: /\bup\b|\bmain\b|\bforward\b/i,
  ArrowDown: /\bdown\b/i,
};

const idleName = /^(no|none|nothing|stay|noop|no-op|no torque)\b/i;

/** Null for spaces that keys cannot play. */
export function personControls(space: ActionSpace): PersonControls | null {
  if (space.kind === 'discrete') return discreteControls(space.n, space.names);
  if (space.kind !== 'box' || sizeOf(space) > 2) return null;
  const size = sizeOf(space);
  const push = (element: number, bounds: readonly number[]): Action =>
    Float32Array.from({ length: size }, (_, i) => (i === element ? clampToOne(boundAt(bounds, i)) : 0));
  const bind = (key: Arrow, label: string, action: Action): Binding => ({ key, keyName: arrows[key], label, action });
  const sideways = size - 1;
  return {
    idle: new Float32Array(size),
    bindings: [
      bind('ArrowLeft', size > 1 ? 'second, lowest' : 'lowest', push(sideways, space.low)),
      bind('ArrowRight', size > 1 ? 'second, highest' : 'highest', push(sideways, space.high)),
      ...(size > 1
        ? [
            bind('ArrowUp', 'first, highest', push(0, space.high)),
            bind('ArrowDown', 'first, lowest', push(0, space.low)),
          ]
        : []),
    ],
  };
}

/** Arrows by the actions' names, digits for the rest. */
function discreteControls(n: number, names: readonly string[] | undefined): PersonControls | null {
  if (n > 9) return null;
  const labels = Array.from({ length: n }, (_, action) => names?.[action] ?? `action ${action}`);
  const idle = labels.findIndex((label) => idleName.test(label));
  const free = new Set(Object.keys(arrows) as Arrow[]);
  const bindings = labels.flatMap((label, action): Binding[] => {
    if (action === idle) return [];
    const arrow = [...free].find((key) => meanings[key].test(label) && !/\b(fire|and)\b/i.test(label));
    if (!arrow) return [{ key: String(action + 1), keyName: String(action + 1), label, action }];
    free.delete(arrow);
    return [{ key: arrow, keyName: arrows[arrow], label, action }];
  });
  return { bindings, idle: idle < 0 ? null : idle };
}

/** Some boxes have no bounds; a unit is then as much as a policy begins with. */
const clampToOne = (bound: number): number => (Number.isFinite(bound) ? bound : Math.sign(bound));
