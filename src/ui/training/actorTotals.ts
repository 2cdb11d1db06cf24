/** What each actor has played, summed up from the record as it grows. */
import type { RunRecord } from '../../trainer/run.ts';

/** Weight of the past in the mean of an actor's returns: about the last ten episodes. */
const decay = 0.9;
/** Seconds that a rate is taken over. */
const rateWindow = 3;

interface Total {
  episodes: number;
  weightedReturn: number;
  weight: number;
}

interface Mark {
  readonly seconds: number;
  readonly envSteps: readonly number[];
}

export class ActorTotals {
  readonly #record: () => RunRecord;
  readonly #totals = new Map<number, Total>();
  #numSeen = 0;
  #marks: Mark[] = [];

  constructor(record: () => RunRecord) {
    this.#record = record;
  }

  sync(): void {
    const { episodes, actors, seconds } = this.#record();
    for (; this.#numSeen < episodes.actor.length; this.#numSeen++) {
      const total = this.#totalOf(episodes.actor.values[this.#numSeen]!);
      total.episodes++;
      total.weightedReturn = decay * total.weightedReturn + episodes.episodeReturn.values[this.#numSeen]!;
      total.weight = decay * total.weight + 1;
    }
    if (seconds > (this.#marks.at(-1)?.seconds ?? -1)) {
      this.#marks.push({ seconds, envSteps: actors.map((actor) => actor.envSteps) });
      while (this.#marks.length > 2 && this.#marks[1]!.seconds < seconds - rateWindow) this.#marks.shift();
    }
  }

  episodes = (actor: number): number => this.#totals.get(actor)?.episodes ?? 0;

  recentReturn(actor: number): number {
    const total = this.#totals.get(actor);
    return total ? total.weightedReturn / total.weight : Number.NaN;
  }

  stepsPerSecond(actor: number): number {
    const [first, last] = [this.#marks[0], this.#marks.at(-1)];
    if (!first || !last || first === last) return Number.NaN;
    return ((last.envSteps[actor] ?? 0) - (first.envSteps[actor] ?? 0)) / (last.seconds - first.seconds);
  }

  #totalOf(actor: number): Total {
    let total = this.#totals.get(actor);
    if (!total) {
      total = { episodes: 0, weightedReturn: 0, weight: 0 };
      this.#totals.set(actor, total);
    }
    return total;
  }
}
