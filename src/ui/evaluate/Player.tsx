/** Replays an episode from its seed: one picture for each policy, one playhead for all, and what happened in traces below. */
import { type KeyboardEvent, useEffect, useMemo, useState } from 'react';
import { findEnv } from '../../envs/registry.ts';
import type { EpisodeRequest, EpisodeTrace } from '../../playback/episode.api.ts';
import { useStore } from '../store.ts';
import { EpisodePane } from './EpisodePane.tsx';
import type { EvaluationOnShow } from './evaluation.ts';
import styles from './Player.module.css';
import { PlayerControls } from './PlayerControls.tsx';
import { Playhead, speeds } from './Playhead.ts';
import { policyTitle } from './policyTitle.ts';
import { Traces } from './Traces.tsx';

const prefersReducedMotion = matchMedia('(prefers-reduced-motion: reduce)');

interface Props {
  readonly result: EvaluationOnShow;
  readonly seed: number;
}

export function Player({ result, seed }: Props) {
  const { framesPerSecond } = findEnv(result.env).spec;
  const episode = useMemo(() => {
    const { greedy, maxSteps } = result.settings;
    return {
      playhead: new Playhead(framesPerSecond),
      requests: result.policies.map(
        ({ playable }): EpisodeRequest => ({ env: result.env, policy: playable, seed, greedy, maxSteps }),
      ),
    };
  }, [result, seed, framesPerSecond]);
  const { playhead, requests } = episode;
  const [loaded, setLoaded] = useState<{ of: typeof episode; traces: readonly (EpisodeTrace | undefined)[] } | null>(
    null,
  );
  const traces = requests.map((_, i) => (loaded?.of === episode ? loaded.traces[i] : undefined));
  const take = (index: number, trace: EpisodeTrace) => {
    playhead.reach(trace.length);
    setLoaded((before) => {
      const others = before?.of === episode ? before.traces : [];
      return { of: episode, traces: requests.map((_, i) => (i === index ? trace : others[i])) };
    });
  };
  const isComplete = traces.every((trace) => trace !== undefined);
  useEffect(() => {
    if (isComplete && !prefersReducedMotion.matches) playhead.isPlaying.set(true);
  }, [isComplete, playhead]);
  usePlaying(playhead);
  return (
    // Keys act while the focus is in here, and a click on the picture has to bring it here.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: see above
    <section className={styles.player} aria-label="Player" tabIndex={0} onKeyDown={(event) => onKey(event, playhead)}>
      <div className={styles.panes} data-count={requests.length}>
        {requests.map((request, i) => (
          <EpisodePane
            key={result.policies[i]!.source.id}
            index={i}
            title={policyTitle(result.policies[i]!)}
            request={request}
            trace={traces[i]}
            playhead={playhead}
            onTrace={(trace) => take(i, trace)}
          />
        ))}
      </div>
      <PlayerControls result={result} seed={seed} requests={requests} traces={traces} playhead={playhead} />
      <Traces env={result.env} traces={traces.filter((trace) => trace !== undefined)} playhead={playhead} />
    </section>
  );
}

/** Lets the playhead run with the screen's own frames. After a hidden tab it goes on where it was. */
function usePlaying(playhead: Playhead): void {
  const isPlaying = useStore(playhead.isPlaying);
  useEffect(() => {
    if (!isPlaying) return;
    let last = performance.now();
    let id = requestAnimationFrame(function tick(now) {
      playhead.advance(Math.min(250, Math.max(0, now - last)));
      last = now;
      id = requestAnimationFrame(tick);
    });
    return () => cancelAnimationFrame(id);
  }, [playhead, isPlaying]);
}

/** Buttons and fields keep the keys that are theirs. */
function onKey(event: KeyboardEvent, playhead: Playhead): void {
  const target = event.target as HTMLElement;
  if (event.ctrlKey || event.metaKey || event.altKey || target.closest('input, select, [popover]')) return;
  const speed = speeds[Number(event.key) - 1];
  if (event.key === 'ArrowLeft') playhead.moveBy(-1);
  else if (event.key === 'ArrowRight') playhead.moveBy(1);
  else if (event.key === 'Home') playhead.seek(0);
  else if (event.key === 'End') playhead.seek(playhead.last.get());
  else if (event.key === ' ' && !target.closest('button')) playhead.toggle();
  else if (speed) playhead.speed.set(speed);
  else return;
  event.preventDefault();
}
