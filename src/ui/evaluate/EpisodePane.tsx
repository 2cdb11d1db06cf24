/** One policy's episode, drawn by another thread wherever the playhead is. */
import { type RefObject, useEffect, useEffectEvent, useRef, useState } from 'react';
import { findEnv } from '../../envs/registry.ts';
import { EpisodeScreen } from '../../evaluation/EpisodeScreen.ts';
import type { EpisodeRequest, EpisodeTrace } from '../../playback/episode.api.ts';
import { hasOffscreenCanvas, noOffscreenCanvas } from '../components/offscreenCanvas.ts';
import { useElementSize } from '../components/useElementSize.ts';
import { fixed, whole } from '../format.ts';
import { alertStore, messageOf } from '../notices.ts';
import { useStore } from '../store.ts';
import { themeStore } from '../theme.ts';
import styles from './Player.module.css';
import type { Playhead } from './Playhead.ts';

interface Props {
  readonly index: number;
  readonly title: string;
  readonly request: EpisodeRequest;
  /** Undefined until the episode is loaded. */
  readonly trace: EpisodeTrace | undefined;
  readonly playhead: Playhead;
  readonly onTrace: (trace: EpisodeTrace) => void;
}

/** Square pictures of wide windows would leave no room for the traces. */
const maxHeight = 460;

export function EpisodePane({ index, title, request, trace, playhead, onTrace }: Props) {
  const host = useRef<HTMLDivElement>(null);
  const { width: hostWidth } = useElementSize(host);
  const theme = useStore(themeStore);
  const { aspectRatio } = findEnv(request.env);
  const height = Math.round(Math.min(maxHeight, hostWidth / aspectRatio));
  const width = Math.round(height * aspectRatio);
  const screen = useScreen(host);
  const loaded = useEffectEvent((newTrace: EpisodeTrace) => onTrace(newTrace));
  useEffect(() => {
    if (!screen) return;
    let isWanted = true;
    screen
      .load(request)
      .then((newTrace) => {
        if (isWanted) loaded(newTrace);
      })
      .catch((error: unknown) => {
        if (isWanted) alertStore.set(messageOf(error));
      });
    return () => {
      isWanted = false;
    };
  }, [screen, request]);
  useEffect(() => {
    if (!screen || !trace || width === 0) return;
    const draw = () => screen.show(playhead.step.get(), { theme, width, height, pixelRatio: devicePixelRatio });
    draw();
    return playhead.step.subscribe(draw);
  }, [screen, trace, playhead, theme, width, height]);
  return (
    <figure className={styles.pane} data-policy={index}>
      <figcaption>
        <span className={styles.swatch} aria-hidden="true" />
        <span className={styles.title}>{title}</span>
        {trace && <Readout trace={trace} playhead={playhead} />}
      </figcaption>
      <div ref={host} className={styles.screen}>
        <div className={styles.canvas} data-canvas="" style={{ width, height }}>
          {!hasOffscreenCanvas && <p>{noOffscreenCanvas}</p>}
        </div>
      </div>
    </figure>
  );
}

/** A canvas can be given to another thread once in its life, so each screen makes its own. */
function useScreen(host: RefObject<HTMLDivElement | null>): EpisodeScreen | null {
  const [screen, setScreen] = useState<EpisodeScreen | null>(null);
  useEffect(() => {
    const place = host.current?.querySelector('[data-canvas]');
    if (!place) return;
    const canvas = hasOffscreenCanvas ? document.createElement('canvas') : null;
    const opened = new EpisodeScreen(canvas ? attach(canvas, place) : null);
    setScreen(opened);
    return () => {
      setScreen(null);
      opened.dispose();
      canvas?.remove();
    };
  }, [host]);
  return screen;
}

function attach(canvas: HTMLCanvasElement, place: Element): OffscreenCanvas {
  canvas.setAttribute('role', 'img');
  canvas.setAttribute('aria-label', 'The episode, at the step of the slider');
  place.append(canvas);
  return canvas.transferControlToOffscreen();
}

function Readout({ trace, playhead }: { readonly trace: EpisodeTrace; readonly playhead: Playhead }) {
  const step = Math.min(useStore(playhead.step), trace.length);
  const isOver = step === trace.length;
  return (
    <span className={styles.readout}>
      return {fixed(trace.returns[step]!, 1)}, step {whole(step)}
      {isOver && (trace.terminated ? ', terminated' : ', truncated')}
    </span>
  );
}
