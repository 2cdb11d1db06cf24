/**
 * What runs inside of an exported page: plays the policy whose weights the page holds, on its canvas. Built as a script of its own, which
 * the page carries; it loads nothing.
 */
import { findEnv } from '../envs/registry.ts';
import { drawState } from '../playback/drawState.ts';
import { beginSeeded, createPlayer } from '../playback/seededPlayer.ts';
import { readExportedPolicy } from './exportedPolicy.ts';

/** How long the end of an episode stays in sight. */
const restMs = 600;
const firstSeed = 1000;

const find = <E extends HTMLElement>(id: string): E => document.getElementById(id) as E;

function play(): void {
  const { hyperparameters, network, parameters } = readExportedPolicy(weightsOfPage());
  const env = hyperparameters.evalEnv || hyperparameters.env;
  const definition = findEnv(env);
  const policy = { network, rewardClipping: hyperparameters.rewardClipping, parameters };
  const player = createPlayer({ env, policy, greedy: true, maxSteps: null });
  const snapshot = new Float64Array(definition.snapshotSize);
  const canvas = find<HTMLCanvasElement>('picture');
  canvas.style.aspectRatio = String(definition.aspectRatio);
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const pause = find<HTMLButtonElement>('pause');
  const greedy = find<HTMLInputElement>('greedy');
  const facts = find('facts');
  const returns: number[] = [];
  let seed = firstSeed;
  let isPaused = false;

  const draw = () => {
    player.snapshot(snapshot);
    const width = canvas.clientWidth;
    const height = width / definition.aspectRatio;
    const theme = dark.matches ? 'dark' : 'light';
    drawState(canvas, definition, snapshot, { theme, width, height, pixelRatio: devicePixelRatio });
  };

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
        beginSeeded(player, seed++);
      } else {
        player.step();
        if (player.isOver) {
          returns.push(player.episodeReturn);
          delayMs = restMs;
        }
      }
      draw();
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

try {
  play();
} catch (error) {
  find('facts').textContent = (error as Error).message;
}
