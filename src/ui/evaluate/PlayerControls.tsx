import { ChevronLeft, ChevronRight, Pause, Play, SkipBack, SkipForward } from 'lucide-react';
import type { CSSProperties, ReactNode } from 'react';
import type { EpisodeRequest, EpisodeTrace } from '../../playback/episode.api.ts';
import { Button } from '../components/Button.tsx';
import { Segmented } from '../components/Segmented.tsx';
import { fixed, whole } from '../format.ts';
import { useStore } from '../store.ts';
import { type EvaluationOnShow, landmarksOf, seedStore } from './evaluation.ts';
import styles from './Player.module.css';
import { type Playhead, type Speed, speeds } from './Playhead.ts';
import { RecordMenu } from './RecordMenu.tsx';

const speedNames: Readonly<Record<Speed, string>> = { 0.5: '½×', 1: '1×', 2: '2×', 4: '4×' };
const speedOptions = speeds.map((speed) => ({ value: String(speed), label: speedNames[speed] }));

interface Props {
  readonly result: EvaluationOnShow;
  readonly seed: number;
  readonly requests: readonly EpisodeRequest[];
  readonly traces: readonly (EpisodeTrace | undefined)[];
  readonly playhead: Playhead;
}

export function PlayerControls({ result, seed, requests, traces, playhead }: Props) {
  const isPlaying = useStore(playhead.isPlaying);
  const speed = useStore(playhead.speed);
  const icon = { size: 15, 'aria-hidden': true } as const;
  const button = (label: string, picture: ReactNode, act: () => void) => (
    <Button look="quiet" aria-label={label} title={label} onClick={act}>
      {picture}
    </Button>
  );
  return (
    <div className={styles.controls}>
      <div className={styles.transport}>
        {button('To the beginning', <SkipBack {...icon} />, () => playhead.seek(0))}
        {button('One step back', <ChevronLeft {...icon} />, () => playhead.moveBy(-1))}
        {button(isPlaying ? 'Pause' : 'Play', isPlaying ? <Pause {...icon} /> : <Play {...icon} />, () =>
          playhead.toggle(),
        )}
        {button('One step on', <ChevronRight {...icon} />, () => playhead.moveBy(1))}
        {button('To the end', <SkipForward {...icon} />, () => playhead.seek(playhead.last.get()))}
      </div>
      <Scrubber playhead={playhead} />
      <span className={styles.break} />
      <Segmented
        label="Speed"
        options={speedOptions}
        value={String(speed)}
        onChange={(value) => playhead.speed.set(Number(value) as Speed)}
      />
      <Landmarks result={result} seed={seed} />
      <RecordMenu result={result} requests={requests} disabled={traces.includes(undefined)} />
    </div>
  );
}

function Scrubber({ playhead }: { readonly playhead: Playhead }) {
  const step = useStore(playhead.step);
  const last = useStore(playhead.last);
  return (
    <div className={styles.scrubber}>
      <input
        type="range"
        aria-label="Step of the episode"
        min={0}
        max={last}
        value={step}
        style={{ '--fill': `${last === 0 ? 0 : (100 * step) / last}%` } as CSSProperties}
        onChange={(event) => {
          playhead.isPlaying.set(false);
          playhead.seek(event.currentTarget.valueAsNumber);
        }}
      />
      <span>
        step {whole(step)} of {whole(last)}
      </span>
    </div>
  );
}

function Landmarks({ result, seed }: { readonly result: EvaluationOnShow; readonly seed: number }) {
  return (
    <fieldset className={styles.landmarks} aria-label="Episodes of the first policy">
      {Object.entries(landmarksOf(result.assessment)).map(([name, episode]) => (
        <Button key={name} aria-pressed={episode.seed === seed} onClick={() => seedStore.set(episode.seed)}>
          {name} <small>{fixed(episode.return, 1)}</small>
        </Button>
      ))}
      <span>seed {seed}</span>
    </fieldset>
  );
}
