import { describe, expect, it } from 'vitest';
import type { ActorStatus, RunRecord } from '../../trainer/run.ts';
import { GrowingColumn } from '../charts/growingColumn.ts';
import { ActorTotals } from './actorTotals.ts';

const actor = (index: number, envSteps: number): ActorStatus => ({
  index,
  envSteps,
  state: 'running',
  rollouts: 0,
  restarts: 0,
});

function makeRun() {
  const [actors, returns] = [new GrowingColumn(), new GrowingColumn()];
  let now = { seconds: 0, actors: [actor(0, 0), actor(1, 0)] };
  const record = () =>
    ({
      ...now,
      episodes: { frames: actors, actor: actors, episodeReturn: returns, episodeLength: returns },
    }) as unknown as RunRecord;
  return {
    totals: new ActorTotals(record),
    finishEpisode: (index: number, value: number) => {
      actors.push(index);
      returns.push(value);
    },
    advance: (seconds: number, ...envSteps: readonly number[]) => {
      now = { seconds, actors: envSteps.map((steps, index) => actor(index, steps)) };
    },
  };
}

describe('The row of an actor', () => {
  it('counts its own episodes, each once', () => {
    const { totals, finishEpisode } = makeRun();
    finishEpisode(0, 10);
    finishEpisode(1, 20);
    totals.sync();
    finishEpisode(1, 30);
    totals.sync();
    totals.sync();
    expect([totals.episodes(0), totals.episodes(1), totals.episodes(7)]).toEqual([1, 2, 0]);
  });

  it('shows the mean return of its latest episodes, and none before the first', () => {
    const { totals, finishEpisode } = makeRun();
    totals.sync();
    expect(totals.recentReturn(0)).toBeNaN();
    for (let i = 0; i < 200; i++) finishEpisode(0, i < 100 ? 10 : 50);
    totals.sync();
    expect(totals.recentReturn(0)).toBeCloseTo(50, 1);
  });

  it('shows how fast it steps, over the last seconds', () => {
    const { totals, advance } = makeRun();
    for (let second = 0; second <= 10; second++) {
      advance(second, second < 5 ? 100 * second : 500 + 1000 * (second - 5), 0);
      totals.sync();
    }
    expect(totals.stepsPerSecond(0)).toBeCloseTo(1000);
    expect(totals.stepsPerSecond(1)).toBe(0);
  });
});
