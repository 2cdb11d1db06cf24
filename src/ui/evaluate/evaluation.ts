/** What is evaluated, how, and what came out. Outlasts a change of screen; a run may go on meanwhile. */
import { firstEvaluationSeed } from '../../config/evaluation.ts';
import { assessPolicies } from '../../evaluation/assessPolicies.ts';
import { type LoadedPolicy, loadPolicy, type PolicySource, titleOf } from '../../evaluation/policySource.ts';
import type { AssessmentSettings } from '../../evaluation/reports.ts';
import type { AssessedEpisode, Assessment } from '../../playback/evaluator.api.ts';
import { count, fixed } from '../format.ts';
import { alertStore, announce, messageOf } from '../notices.ts';
import { formStore } from '../setup/formStore.ts';
import { Store } from '../store.ts';

/** Everything on show of one evaluation. */
export interface EvaluationOnShow {
  /** Counts the evaluations of this page. */
  readonly id: number;
  /** One, or two that are compared. */
  readonly policies: readonly LoadedPolicy[];
  readonly env: string;
  readonly settings: AssessmentSettings;
  readonly assessment: Assessment;
}

export interface Work {
  readonly played: number;
  readonly total: number;
  readonly cancel: () => void;
}

export const settingsStore = new Store<AssessmentSettings>({
  episodes: 100,
  firstSeed: firstEvaluationSeed,
  greedy: true,
  maxSteps: null,
});

/** Ids of sources; null for the first one there is, and for no comparison. */
export const choiceStore = new Store<{ readonly first: string | null; readonly second: string | null }>({
  first: null,
  second: null,
});

export const workStore = new Store<Work | null>(null);
export const resultStore = new Store<EvaluationOnShow | null>(null);
/** Seed of the episode in the player. */
export const seedStore = new Store<number | null>(null);

/** Evaluates one policy, or two on the same seeds. What goes wrong becomes an alert. */
export async function evaluateSources(sources: readonly PolicySource[]): Promise<void> {
  const settings = settingsStore.get();
  const aborting = new AbortController();
  const report = (played: number) =>
    workStore.set({ played, total: settings.episodes * sources.length, cancel: () => aborting.abort() });
  report(0);
  alertStore.set(null);
  try {
    const policies = await Promise.all(sources.map((source) => loadPolicy(source, formStore.get().values)));
    const env = sameEnv(policies);
    const request = { env, policies: policies.map(({ playable }) => playable), ...settings };
    const onProgress = (played: number) => {
      if (!aborting.signal.aborted) report(played);
    };
    const assessment = await assessPolicies(request, onProgress, aborting.signal);
    const id = (resultStore.get()?.id ?? 0) + 1;
    resultStore.set({ id, policies, env, settings, assessment });
    seedStore.set(landmarksOf(assessment).median.seed);
    announce(`Evaluated ${count(settings.episodes, 'episode')}: IQM ${fixed(assessment.policies[0]!.iqm, 1)}.`);
  } catch (error) {
    if (!aborting.signal.aborted) alertStore.set(messageOf(error));
  } finally {
    workStore.set(null);
  }
}

function sameEnv([first, second]: readonly LoadedPolicy[]): string {
  if (second && first!.env !== second.env) {
    throw new Error(
      `${titleOf(first!.source)} plays ${first!.env} and ${titleOf(second.source)} plays ${second.env}. ` +
        'Choose two policies of one environment to compare them.',
    );
  }
  return first!.env;
}

/** The episodes of the first policy that people look for. */
export function landmarksOf({ policies }: Assessment): Record<'worst' | 'median' | 'best', AssessedEpisode> {
  const ascending = policies[0]!.played.toSorted((a, b) => a.return - b.return);
  return {
    worst: ascending[0]!,
    median: ascending[Math.floor((ascending.length - 1) / 2)]!,
    best: ascending.at(-1)!,
  };
}
