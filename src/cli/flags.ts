/**
 * Command-line flags as people type them: `--lr 3e-4`, `--lr=3e-4`, `--lockstep`, `--no-lockstep`, `--lockstep=false`. Where a flag
 * is given twice the last one counts, so that a script can end in "$@". Every problem is reported, not the first.
 */
import { flagOf } from '../config/hyperparameters.ts';
import { similarName } from '../math/editDistance.ts';

export { flagOf };

export interface Flag {
  readonly kind: 'value' | 'switch';
  /** What stands for the value in the help: FILE, NUMBER, … */
  readonly placeholder?: string;
  /** One sentence for the help. */
  readonly doc: string;
}

/** By the name in kebab-case, without dashes. */
export type Flags = Readonly<Record<string, Flag>>;

export interface ParsedFlags {
  /** What was typed for each flag that was given; of a switch 'true', 'false' or what stood behind the equals sign. */
  readonly values: Readonly<Record<string, string>>;
  /** A sentence each. */
  readonly problems: readonly string[];
}

export function parseFlags(parameters: readonly string[], flags: Flags): ParsedFlags {
  const values: Record<string, string> = {};
  const problems: string[] = [];
  for (let i = 0; i < parameters.length; i++) {
    const [, typed, equals, inline = ''] = /^--([^=]*)(=?)(.*)$/s.exec(parameters[i]!) ?? [];
    if (typed === undefined) {
      problems.push(`"${parameters[i]}" stands alone: every setting is a flag, such as --env CartPole-v1.`);
      continue;
    }
    const negated = /^no-(.+)$/.exec(typed)?.[1];
    if (negated !== undefined && flags[negated]?.kind === 'switch' && !equals) {
      values[negated] = 'false';
      continue;
    }
    const flag = Object.hasOwn(flags, typed) ? flags[typed] : undefined;
    if (!flag) {
      const meant = similarFlag(typed, flags);
      problems.push(`There is no flag --${typed}${meant ? `; did you mean --${meant}?` : '.'}`);
      const next = parameters[i + 1];
      if (!equals && next !== undefined && !next.startsWith('--')) i += 1; // Its value, most likely.
    } else if (equals) {
      values[typed] = inline;
    } else if (flag.kind === 'switch') {
      values[typed] = 'true';
    } else {
      const next = parameters[i + 1];
      if (next === undefined || next.startsWith('--')) {
        problems.push(`--${typed} needs a value: --${typed} ${flag.placeholder ?? 'VALUE'}.`);
      } else {
        values[typed] = next;
        i += 1;
      }
    }
  }
  return { values, problems };
}

/** Flags written as in Python or JavaScript are recognised too: --num_train_steps, --numTrainSteps. */
const similarFlag = (typed: string, flags: Flags): string | null =>
  similarName(flagOf(typed.replaceAll('_', '-')), Object.keys(flags));

/** A list of flags with their help, in columns, wrapped to `width` characters. */
export function describeFlags(flags: Flags, width: number): string {
  const names = Object.entries(flags).map(([name, { kind, placeholder = 'VALUE' }]) =>
    kind === 'switch' ? `--${name}` : `--${name} ${placeholder}`,
  );
  const indent = Math.min(Math.max(...names.map((name) => name.length)), 34) + 4;
  return Object.values(flags)
    .map(({ doc }, i) => {
      const name = `  ${names[i]}`;
      const lines = wrap(doc, Math.max(width - indent, 24)).map((line) => ' '.repeat(indent) + line);
      if (name.length > indent - 2) return [name, ...lines].join('\n');
      return [name.padEnd(indent) + lines[0]!.trimStart(), ...lines.slice(1)].join('\n');
    })
    .join('\n');
}

function wrap(text: string, width: number): string[] {
  const lines: string[] = [''];
  for (const word of text.split(' ')) {
    const line = lines.at(-1)!;
    if (line !== '' && line.length + 1 + word.length > width) lines.push(word);
    else lines[lines.length - 1] = line === '' ? word : `${line} ${word}`;
  }
  return lines;
}
