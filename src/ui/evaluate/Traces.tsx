/** Reward, value and action over the episode, with the playhead's place in them. A click moves it. */
import { type PointerEvent, useRef } from 'react';
import { findEnv } from '../../envs/registry.ts';
import type { ActionSpace } from '../../envs/spaces.ts';
import type { EpisodeTrace } from '../../playback/episode.api.ts';
import { useElementSize } from '../components/useElementSize.ts';
import { compact } from '../format.ts';
import { useStore } from '../store.ts';
import type { Playhead } from './Playhead.ts';
import styles from './Traces.module.css';
import { rangeOf, tracePath } from './tracePath.ts';

const height = 54;

interface Props {
  readonly env: string;
  readonly traces: readonly EpisodeTrace[];
  readonly playhead: Playhead;
}

export function Traces({ env, traces, playhead }: Props) {
  if (traces.length === 0) return null;
  const { actionSpace } = findEnv(env).spec;
  return (
    <div className={styles.traces}>
      <Trace
        label="Reward"
        columns={traces.map(({ rewards }) => rewards)}
        stride={1}
        playhead={playhead}
        describe={(step, i) => compact(traces[i]!.rewards[step]!)}
      />
      <Trace
        label="Value"
        columns={traces.map(({ values }) => values)}
        stride={1}
        playhead={playhead}
        describe={(step, i) => compact(traces[i]!.values[step]!)}
      />
      <Trace
        label="Action"
        columns={traces.map(({ actions }) => actions)}
        stride={traces[0]!.actionSize}
        {...(actionSpace.kind === 'discrete' ? { numLevels: actionSpace.n } : {})}
        playhead={playhead}
        describe={(step, i) => actionText(actionSpace, traces[i]!, step)}
      />
    </div>
  );
}

/** "left, 93 %", or the numbers of a continuous action. */
function actionText(space: ActionSpace, { actions, actionSize, probabilities }: EpisodeTrace, step: number): string {
  if (space.kind !== 'discrete') {
    return [...actions.subarray(step * actionSize, (step + 1) * actionSize)].map((value) => value.toFixed(2)).join(' ');
  }
  const action = actions[step]!;
  const name = space.names?.[action] ?? `action ${action}`;
  const probability = probabilities[step * space.n + action];
  return probability === undefined ? name : `${name}, ${(100 * probability).toFixed(0)} %`;
}

interface TraceProps {
  readonly label: string;
  /** [policies], each [T, stride] */
  readonly columns: readonly ArrayLike<number>[];
  readonly stride: number;
  /** Where the numbers are 0 … numLevels − 1 and mean nothing as such. */
  readonly numLevels?: number;
  readonly playhead: Playhead;
  readonly describe: (step: number, policy: number) => string;
}

/** Told apart by their dashes where an action has several numbers. */
const dashes = ['', '5 2', '2 2', '6 2 1 2'];

function Trace({ label, columns, stride, numLevels, playhead, describe }: TraceProps) {
  const plot = useRef<HTMLDivElement>(null);
  const { width } = useElementSize(plot);
  const last = useStore(playhead.last);
  const range = numLevels === undefined ? rangeOf(columns) : { low: 0, high: numLevels - 1 };
  const box = { width, height, steps: last, ...range };
  const seek = (event: PointerEvent<HTMLDivElement>) => {
    if (event.buttons === 0) return;
    const { left } = event.currentTarget.getBoundingClientRect();
    playhead.isPlaying.set(false);
    playhead.seek(((event.clientX - left) / width) * last);
  };
  return (
    <div className={styles.trace}>
      <div className={styles.head}>
        <h3>{label}</h3>
        <span className={styles.range}>
          {numLevels === undefined ? `${compact(range.low)} to ${compact(range.high)}` : `one of ${numLevels}`}
        </span>
        <Readouts columns={columns} stride={stride} playhead={playhead} describe={describe} />
      </div>
      <div ref={plot} className={styles.plot} style={{ height }} onPointerDown={seek} onPointerMove={seek}>
        {width > 0 && last > 0 && (
          <>
            <svg width={width} height={height} aria-hidden="true">
              {columns.flatMap((column, policy) =>
                Array.from({ length: stride }, (_, at) => (
                  <path
                    // biome-ignore lint/suspicious/noArrayIndexKey: a policy and a part of its action have no other name
                    key={`${policy} ${at}`}
                    d={tracePath(column, at, stride, box)}
                    fill="none"
                    stroke={`var(--s${policy + 2})`}
                    strokeWidth={1.3}
                    strokeDasharray={dashes[at % dashes.length]}
                  />
                )),
              )}
            </svg>
            <PlayheadLine playhead={playhead} width={width} last={last} />
          </>
        )}
      </div>
    </div>
  );
}

function Readouts({ columns, stride, playhead, describe }: Omit<TraceProps, 'label' | 'numLevels'>) {
  const step = useStore(playhead.step);
  return columns.map((column, policy) => {
    const length = column.length / stride;
    return (
      // biome-ignore lint/suspicious/noArrayIndexKey: the order of the policies never changes
      <span key={policy} className={styles.readout} data-policy={policy}>
        {describe(Math.min(step, length - 1), policy)}
      </span>
    );
  });
}

function PlayheadLine({ playhead, width, last }: { playhead: Playhead; width: number; last: number }) {
  const step = useStore(playhead.step);
  return <div className={styles.line} style={{ transform: `translateX(${((step / last) * width).toFixed(1)}px)` }} />;
}
