/** The present policy at play, drawn by another thread on a canvas of its own; the page only shows its numbers. */
import { Pause, Play } from 'lucide-react';
import { type RefObject, useEffect, useRef, useState } from 'react';
import { findEnv } from '../../envs/registry.ts';
import type { ActionSpace } from '../../envs/spaces.ts';
import type { RunState, WatchFrame, WatchHandle } from '../../trainer/run.ts';
import { useRun } from '../charts/chartContext.ts';
import { Button } from '../components/Button.tsx';
import { hasOffscreenCanvas, noOffscreenCanvas } from '../components/offscreenCanvas.ts';
import { Segmented } from '../components/Segmented.tsx';
import { useElementSize } from '../components/useElementSize.ts';
import { useIsVisible } from '../components/useIsVisible.ts';
import { fixed, whole } from '../format.ts';
import { Store, useStore } from '../store.ts';
import { themeStore } from '../theme.ts';
import styles from './panels.module.css';
import { policyRows } from './policyRows.ts';

const prefersReducedMotion = matchMedia('(prefers-reduced-motion: reduce)');

const modes = [
  { value: 'greedy', label: 'Greedy' },
  { value: 'sampled', label: 'Sampled' },
] as const;

export function LivePolicy({ state }: { readonly state: RunState }) {
  const { env } = useRun();
  const [mode, setMode] = useState<(typeof modes)[number]['value']>('greedy');
  const [isPaused, setIsPaused] = useState(prefersReducedMotion.matches);
  const [frames] = useState(() => new Store<WatchFrame | null>(null));
  const screen = useRef<HTMLDivElement>(null);
  const { width } = useElementSize(screen);
  const height = Math.round(width / Math.min(2, Math.max(1.2, findEnv(env.id).aspectRatio)));
  // While the workers start, they have the machine to themselves.
  const hasPolicy = hasOffscreenCanvas && state.status !== 'starting';
  useWatch({ screen, width, height, isGreedy: mode === 'greedy', isPaused, hasPolicy, frames });
  return (
    <section className={styles.panel} aria-label="Live policy">
      <div className={styles.head}>
        <h2>Live policy</h2>
        <Version frames={frames} />
        <div className={styles.controls}>
          <Segmented label="Actions" options={modes} value={mode} onChange={setMode} />
          <Button
            look="quiet"
            aria-label={isPaused ? 'Play' : 'Pause the live view'}
            onClick={() => setIsPaused(!isPaused)}
          >
            {isPaused ? <Play size={15} aria-hidden="true" /> : <Pause size={15} aria-hidden="true" />}
          </Button>
        </div>
      </div>
      <div ref={screen} className={styles.screen} style={{ height }}>
        {hasPolicy ? (
          <Overlay frames={frames} />
        ) : (
          <p className={styles.waiting}>{hasOffscreenCanvas ? 'waits for the actors' : noOffscreenCanvas}</p>
        )}
      </div>
      <PolicyBars frames={frames} space={env.actionSpace} />
    </section>
  );
}

interface WatchProps {
  readonly screen: RefObject<HTMLDivElement | null>;
  readonly width: number;
  readonly height: number;
  readonly isGreedy: boolean;
  readonly isPaused: boolean;
  readonly hasPolicy: boolean;
  readonly frames: Store<WatchFrame | null>;
}

/** A canvas can be given to another thread once in its life, so each watch makes its own. */
function useWatch({ screen, width, height, isGreedy, isPaused, hasPolicy, frames }: WatchProps): void {
  const { agent } = useRun();
  const theme = useStore(themeStore);
  const isVisible = useIsVisible(screen);
  const handle = useRef<WatchHandle | null>(null);
  const options = { theme, width, height, pixelRatio: devicePixelRatio, greedy: isGreedy };
  const latest = useRef(options);
  useEffect(() => {
    latest.current = options;
    handle.current?.update({ ...options, paused: isPaused || !isVisible });
  });

  const hasSize = width > 0;
  useEffect(() => {
    if (!hasPolicy || !hasSize || !screen.current) return;
    const canvas = document.createElement('canvas');
    canvas.style.width = '100%';
    canvas.style.height = '100%';
    canvas.setAttribute('role', 'img');
    canvas.setAttribute('aria-label', 'The present policy playing');
    screen.current.prepend(canvas);
    const watch = agent.watch(canvas.transferControlToOffscreen(), {
      ...latest.current,
      onFrame: (frame) => frames.set(frame),
    });
    handle.current = watch;
    return () => {
      handle.current = null;
      watch.stop();
      canvas.remove();
      frames.set(null);
    };
  }, [agent, hasPolicy, hasSize, screen, frames]);
}

interface FramesProps {
  readonly frames: Store<WatchFrame | null>;
}

function Version({ frames }: FramesProps) {
  const frame = useStore(frames);
  return <small>{frame && `v${whole(frame.policyVersion)}`}</small>;
}

function Overlay({ frames }: FramesProps) {
  const frame = useStore(frames);
  if (!frame) return null;
  return (
    <p className={styles.overlay} aria-hidden="true">
      <span>
        return {fixed(frame.episodeReturn, Number.isInteger(frame.episodeReturn) ? 0 : 1)}, step{' '}
        {whole(frame.episodeLength)}
      </span>
      <span>V {fixed(frame.value, 1)}</span>
    </p>
  );
}

function PolicyBars({ frames, space }: FramesProps & { readonly space: ActionSpace }) {
  const frame = useStore(frames);
  const isVector = space.kind === 'box';
  return (
    <dl
      className={isVector ? `${styles.actions} ${styles.ranges}` : styles.actions}
      aria-label={isVector ? 'Mean and standard deviation of each action' : 'Probability of each action'}
    >
      {policyRows(space, frame?.actionProbabilities ?? null).map(({ label, from, to, text }) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd className={styles.bar}>
            <div style={{ transform: `translateX(${(100 * from).toFixed(1)}%) scaleX(${(to - from).toFixed(3)})` }} />
          </dd>
          <dd>{text}</dd>
        </div>
      ))}
    </dl>
  );
}
