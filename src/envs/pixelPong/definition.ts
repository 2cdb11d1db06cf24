import type { EnvDefinition } from '../env.ts';
import { derive } from '../wrappers/derive.ts';
import { stackFrames } from '../wrappers/frameStack.ts';
import { drawPixelPong, pixelPongAspectRatio } from './drawPixelPong.ts';
import { PixelPong, pixelPongFrameSpec } from './pixelPong.ts';

const frames: EnvDefinition = {
  spec: pixelPongFrameSpec,
  create: () => new PixelPong(),
  snapshotSize: 6,
  aspectRatio: pixelPongAspectRatio,
  draw: drawPixelPong,
};

/** The last four frames as channels, [84, 84, 4], as Mnih et al. 2015 show Atari games to their network. */
export const pixelPong: EnvDefinition = derive(frames, (env) => stackFrames(env, 4), {
  id: 'PixelPong-v0',
  doc: pixelPongFrameSpec.doc,
});
