/** Finding an environment among many: by family, and by words of its name and description. */
import type { EnvSpec } from '../../envs/env.ts';

/** Suites name their tasks with a prefix; the others are told apart by what the agent sees. */
export function familyOf({ id, observationSpace }: EnvSpec): string {
  const prefix = /^(\w+)\/|^(MiniGrid)-/.exec(id);
  if (prefix) return prefix[1] ?? prefix[2]!;
  return observationSpace.shape.length > 1 ? 'Pixels' : 'Control';
}

/** The families there are, in the order in which they first appear. */
export const familiesOf = (specs: readonly EnvSpec[]): string[] => [...new Set(specs.map(familyOf))];

/** Whether every word of the query occurs somewhere. */
export function matches(spec: EnvSpec, query: string): boolean {
  const text = `${spec.id} ${familyOf(spec)} ${spec.doc}`.toLowerCase();
  return query
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}
