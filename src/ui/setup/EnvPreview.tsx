/** The chosen environment: its facts, and a policy of pure chance playing it. Plays only while it can be seen. */
import { Dices, Gamepad2, Pause, Play } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { formatNumber } from '../../config/parse.ts';
import { palettes } from '../../envs/canvas.ts';
import type { EnvDefinition } from '../../envs/env.ts';
import { describeSpace } from '../../envs/spaces.ts';
import { Button } from '../components/Button.tsx';
import { RandomPlay } from '../components/randomPlay.ts';
import { useElementSize } from '../components/useElementSize.ts';
import { useIsVisible } from '../components/useIsVisible.ts';
import { count, fixed, whole } from '../format.ts';
import { useStore } from '../store.ts';
import { themeStore } from '../theme.ts';
import styles from './EnvPreview.module.css';
import { StepCost } from './EnvTime.tsx';
import type { FormState } from './formState.ts';
import { PersonScreen } from './PersonScreen.tsx';
import { personControls } from './personControls.ts';

const prefersReducedMotion = matchMedia('(prefers-reduced-motion: reduce)');

export function EnvPreview({ definition, form }: { readonly definition: EnvDefinition; readonly form: FormState }) {
  const [seed, setSeed] = useState(1);
  const [isPlaying, setIsPlaying] = useState(!prefersReducedMotion.matches);
  const [isPersons, setIsPersons] = useState(false);
  const { spec } = definition;
  const isPlayable = personControls(spec.actionSpace) !== null;
  return (
    <section className={styles.preview} aria-label={`Preview of ${spec.id}`}>
      {isPersons ? (
        <PersonScreen key={`${spec.id} ${seed}`} definition={definition} seed={seed} />
      ) : (
        <Screen key={`${spec.id} ${seed}`} definition={definition} seed={seed} isPlaying={isPlaying} />
      )}
      <div className={styles.facts}>
        <h2>{spec.id}</h2>
        <p className={styles.doc}>{spec.doc}</p>
        <dl className={styles.table}>
          <dt>Observation</dt>
          <dd>{describeSpace(spec.observationSpace)}</dd>
          <dt>Actions</dt>
          <dd>{describeSpace(spec.actionSpace)}</dd>
          <dt>Episode</dt>
          <dd>up to {count(spec.maxEpisodeSteps, 'step')}</dd>
          <dt>Solved at</dt>
          <dd>
            {spec.rewardThreshold === null ? 'no agreed return' : `mean return ${formatNumber(spec.rewardThreshold)}`}
          </dd>
          <dt>Step cost</dt>
          <dd>
            <StepCost form={form} spec={spec} />
          </dd>
        </dl>
        <div className={styles.buttons}>
          {isPlayable && (
            <Button
              icon={<Gamepad2 size={14} aria-hidden="true" />}
              aria-pressed={isPersons}
              onClick={() => setIsPersons(!isPersons)}
            >
              Play it
            </Button>
          )}
          {!isPersons && (
            <Button
              icon={isPlaying ? <Pause size={14} aria-hidden="true" /> : <Play size={14} aria-hidden="true" />}
              onClick={() => setIsPlaying(!isPlaying)}
            >
              {isPlaying ? 'Pause' : 'Watch'}
            </Button>
          )}
          <Button icon={<Dices size={14} aria-hidden="true" />} onClick={() => setSeed(seed + 1)}>
            New seed
          </Button>
        </div>
      </div>
    </section>
  );
}

interface ScreenProps {
  readonly definition: EnvDefinition;
  readonly seed: number;
  readonly isPlaying: boolean;
}

function Screen({ definition, seed, isPlaying }: ScreenProps) {
  const frame = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const readout = useRef<HTMLSpanElement>(null);
  const [play] = useState(() => new RandomPlay(definition, seed));
  const { width, height } = useElementSize(frame);
  const isVisible = useIsVisible(frame);
  const theme = useStore(themeStore);

  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context || width === 0) return;
    canvas.current!.width = width * devicePixelRatio;
    canvas.current!.height = height * devicePixelRatio;
    context.scale(devicePixelRatio, devicePixelRatio);
    const draw = () => {
      definition.draw(context, play.snapshot(), width, height, palettes[theme]);
      readout.current!.textContent = `random policy, return ${returnText(play.episodeReturn)}, step ${whole(play.episodeLength)}`;
    };
    draw();
    if (!isPlaying || !isVisible) return;
    // Written past React: thirty renders a second for one line of text would be the dearest thing on the page.
    const timer = setInterval(() => {
      play.step();
      draw();
    }, 1000 / Math.min(30, definition.spec.framesPerSecond));
    return () => clearInterval(timer);
  }, [definition, play, width, height, theme, isPlaying, isVisible]);

  return (
    <div ref={frame} className={styles.screen}>
      <canvas ref={canvas} style={{ width, height }} aria-label={`${definition.spec.id} played at random`} role="img" />
      <span ref={readout} className={styles.readout} aria-hidden="true" />
    </div>
  );
}

const returnText = (value: number): string => fixed(value, Number.isInteger(value) ? 0 : 1);
