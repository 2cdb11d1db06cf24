/** The environment in a person's hands: arrow keys or the buttons below choose the actions. Shows what chance would have got. */
import { useEffect, useRef, useState } from 'react';
import { palettes } from '../../envs/canvas.ts';
import type { EnvDefinition } from '../../envs/env.ts';
import { meanRandomReturn, RandomPlay } from '../components/randomPlay.ts';
import { useElementSize } from '../components/useElementSize.ts';
import { fixed, whole } from '../format.ts';
import { useStore } from '../store.ts';
import { themeStore } from '../theme.ts';
import styles from './EnvPreview.module.css';
import { type Binding, personControls } from './personControls.ts';

interface Props {
  readonly definition: EnvDefinition;
  readonly seed: number;
}

/** What was pressed since the last step, so that a tap shorter than a step counts, and what is held. */
interface Hands {
  tapped: Binding | null;
  held: Binding | null;
}

/** Faster, nobody could follow. */
const maxStepsPerSecond = 30;

export function PersonScreen({ definition, seed }: Props) {
  const frame = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const readout = useRef<HTMLSpanElement>(null);
  const hands = useRef<Hands>({ tapped: null, held: null });
  const [play] = useState(() => new RandomPlay(definition, seed));
  const [ofChance] = useState(() => meanRandomReturn(definition));
  const { width, height } = useElementSize(frame);
  const theme = useStore(themeStore);
  const [{ bindings, idle }] = useState(() => personControls(definition.spec.actionSpace)!);

  useEffect(() => frame.current?.focus(), []);
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context || width === 0) return;
    canvas.current!.width = width * devicePixelRatio;
    canvas.current!.height = height * devicePixelRatio;
    context.scale(devicePixelRatio, devicePixelRatio);
    const draw = () => {
      definition.draw(context, play.snapshot(), width, height, palettes[theme]);
      readout.current!.textContent = `${play.hasEnded ? 'over, ' : ''}you ${fixed(play.episodeReturn, 1)}, step ${whole(play.episodeLength)}; chance gets ${fixed(ofChance, 1)}`;
    };
    draw();
    const timer = setInterval(() => {
      const { tapped, held } = hands.current;
      const action = (tapped ?? held)?.action ?? idle;
      hands.current.tapped = null;
      // An episode that is over stays to be looked at until the next key.
      if (action === null || (play.hasEnded && !tapped)) return;
      play.step(action);
      draw();
    }, 1000 / Math.min(maxStepsPerSecond, definition.spec.framesPerSecond));
    return () => clearInterval(timer);
  }, [definition, play, ofChance, width, height, theme, idle]);

  const press = (binding: Binding) => {
    hands.current = { tapped: binding, held: binding };
  };
  const release = (binding: Binding | null) => {
    if (!binding || hands.current.held === binding) hands.current.held = null;
  };
  const bound = (key: string) => bindings.find((binding) => binding.key === key);
  return (
    <div className={styles.person}>
      <div
        ref={frame}
        className={styles.screen}
        role="application"
        aria-label={`${definition.spec.id}, played by you with ${bindings.map(({ keyName, label }) => `${keyName} for ${label}`).join(', ')}`}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it takes the keys
        tabIndex={0}
        onKeyDown={(event) => {
          const binding = bound(event.key);
          if (!binding || event.ctrlKey || event.metaKey || event.altKey) return;
          event.preventDefault();
          if (!event.repeat) press(binding);
        }}
        onKeyUp={(event) => release(bound(event.key) ?? null)}
        onBlur={() => release(null)}
      >
        <canvas ref={canvas} style={{ width, height }} />
        <span ref={readout} className={styles.readout} />
      </div>
      <div className={styles.keys}>
        {bindings.map((binding) => (
          <button
            key={binding.key}
            type="button"
            onPointerDown={(event) => {
              event.currentTarget.setPointerCapture(event.pointerId);
              press(binding);
            }}
            onPointerUp={() => release(binding)}
            onPointerCancel={() => release(binding)}
            onKeyDown={(event) => {
              if (!event.repeat && (event.key === ' ' || event.key === 'Enter')) press(binding);
            }}
            onKeyUp={() => release(binding)}
          >
            <kbd>{binding.keyName}</kbd> {binding.label}
          </button>
        ))}
      </div>
    </div>
  );
}
