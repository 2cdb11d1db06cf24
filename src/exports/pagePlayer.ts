/**
 * What runs inside of an exported page: plays the policy whose weights the page holds, on its canvas. Built as a script of its own, which
 * the page carries; it loads nothing.
 */
import { type Canvas2D, palettes } from '../envs/canvas.ts';
import { findEnv } from '../envs/registry.ts';
import { RandomStream } from '../math/randomStream.ts';
import { EpisodePlayer } from '../playback/EpisodePlayer.ts';
import { readExportedPolicy } from './exportedPolicy.ts';

/** How long the end of an episode stays in sight. */
const restMs = 600;
const firstSeed = 1000;

const find = <E extends HTMLElement>(id: string): E => document.getElementById(id) as E;

function play(): void {
  const { hyperparameters, network, parameters } = readExportedPolicy(weightsOfPage());
  const definition = findEnv(hyperparameters.evalEnv || hyperparameters.env);
  const noise = new RandomStream(firstSeed, 'evaluationNoise');
  const player = new EpisodePlayer(definition, network, hyperparameters.rewardClipping, true, noise);
  player.adopt(parameters);
  const picture = new Picture(find<HTMLCanvasElement>('picture'), definition);
  const pause = find<HTMLButtonElement>('pause');
  const greedy = find<HTMLInputElement>('greedy');
  const facts = find('facts');
  const returns: number[] = [];
  let seed = firstSeed;
  let isPaused = false;

  const showFacts = () => {
    const mean = returns.length > 0 ? returns.reduce((sum, value) => sum + value, 0) / returns.length : null;
    facts.textContent = [
      `seed ${seed - 1}`,
      `step ${player.episodeLength}`,
      `return ${player.episodeReturn.toFixed(1)}`,
      ...(mean === null
        ? []
        : [`mean of ${returns.length} finished ${returns.length === 1 ? 'episode' : 'episodes'} ${mean.toFixed(1)}`]),
    ].join(' · ');
  };

  const tick = () => {
    let delayMs = 1000 / definition.spec.framesPerSecond;
    if (!isPaused) {
      if (player.isOver) {
        player.greedy = greedy.checked;
        player.begin(seed++);
      } else {
        player.step();
        if (player.isOver) {
          returns.push(player.episodeReturn);
          delayMs = restMs;
        }
      }
      picture.draw(player);
      showFacts();
    }
    setTimeout(tick, delayMs);
  };
  pause.addEventListener('click', () => {
    isPaused = !isPaused;
    pause.textContent = isPaused ? 'Go on' : 'Pause';
  });
  tick();
}

/** The page holds them as base64. */
function weightsOfPage(): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(find('weights').textContent ?? ''), (letter) => letter.charCodeAt(0));
}

class Picture {
  readonly #canvas: HTMLCanvasElement;
  readonly #definition: ReturnType<typeof findEnv>;
  readonly #snapshot: Float64Array;
  readonly #isDark = matchMedia('(prefers-color-scheme: dark)');

  constructor(canvas: HTMLCanvasElement, definition: ReturnType<typeof findEnv>) {
    this.#canvas = canvas;
    this.#definition = definition;
    this.#snapshot = new Float64Array(definition.snapshotSize);
    canvas.style.aspectRatio = String(definition.aspectRatio);
  }

  draw(player: EpisodePlayer): void {
    const canvas = this.#canvas;
    const width = canvas.clientWidth;
    const height = width / this.#definition.aspectRatio;
    canvas.width = Math.round(width * devicePixelRatio);
    canvas.height = Math.round(height * devicePixelRatio);
    player.snapshot(this.#snapshot);
    const context = canvas.getContext('2d')!;
    context.setTransform(devicePixelRatio, 0, 0, devicePixelRatio, 0, 0);
    const palette = palettes[this.#isDark.matches ? 'dark' : 'light'];
    this.#definition.draw(context as unknown as Canvas2D, this.#snapshot, width, height, palette);
  }
}

try {
  play();
} catch (error) {
  find('facts').textContent = (error as Error).message;
}
