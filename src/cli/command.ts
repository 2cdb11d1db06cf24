/** How a command of the command line ends: with an exit code, and with a sentence on stderr if it did not do what was asked. */

/** What was typed makes no sense; the message has a sentence per line. */
export class UsageError extends Error {
  override readonly name = 'UsageError';

  constructor(problems: readonly string[], command: string) {
    super([...problems, `\`npm run ${command} -- --help\` lists every flag.`].join('\n'));
  }
}

export type Signal = 'SIGINT' | 'SIGTERM';

/** The user or the system asked the process to end. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
  readonly exitCode: number;

  constructor(signal: Signal) {
    super('Stopped.');
    this.exitCode = signal === 'SIGINT' ? 130 : 143;
  }
}

/** Runs a command to its end and sets the exit code of the process. */
export async function runCommand(work: () => Promise<void>): Promise<void> {
  // A reader such as `head` may close the pipe early; what it did not want to read is no failure.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));
  try {
    await work();
  } catch (error) {
    const { message } = error as Error;
    process.stderr.write(`${message}\n`);
    // What was being opened when the signal came would keep the process alive.
    if (error instanceof Interrupted) process.exit(error.exitCode);
    process.exitCode = error instanceof UsageError ? 2 : 1;
  }
}
