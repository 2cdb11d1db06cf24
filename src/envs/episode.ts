/**
 * The running episode as its driver sees it, and the one place that knows of time limits: environments only say
 * `terminated`. `asGym` and `VectorEnv` both count with this.
 */
export class Episode {
  /** Steps made. */
  length = 0;
  /** Sum of the raw rewards so far. */
  return = 0;
  readonly maxSteps: number;

  constructor(maxSteps: number) {
    this.maxSteps = maxSteps;
  }

  begin(): void {
    this.length = 0;
    this.return = 0;
  }

  /** Whether the next step is the last one that time allows. */
  get isLastStep(): boolean {
    return this.length + 1 >= this.maxSteps;
  }

  /** Counts a step. Returns whether it was truncated, whatever the environment says of termination. */
  count(reward: number): boolean {
    this.length += 1;
    this.return += reward;
    return this.length >= this.maxSteps;
  }
}
