import { describe, expect, it } from 'vitest';
import { findEnv } from '../envs/registry.ts';
import {
  automaticEncoder,
  encoderLayersFor,
  encoderShapes,
  examineEncoder,
  findEncoderProblem,
  formatEncoder,
  parseEncoder,
} from './encoders.ts';
import { defaultHyperparameters, type Hyperparameters } from './hyperparameters.ts';

const breakout = findEnv('MinAtar/Breakout-v1').spec.observationSpace;
const cartPole = findEnv('CartPole-v1').spec.observationSpace;
const pong = findEnv('PixelPong-v0').spec.observationSpace;
const custom = (encoderLayers: string): Hyperparameters => ({
  ...defaultHyperparameters,
  encoder: 'custom',
  encoderLayers,
});

describe('Encoders', () => {
  it('are chosen by what is observed', () => {
    expect([cartPole, breakout, pong].map(automaticEncoder)).toEqual(['mlp', 'minatar', 'nature']);
  });

  it.each([
    ['minatar', breakout, [[10, 10, 4], [8, 8, 16], [64]]],
    ['nature', pong, [[84, 84, 4], [20, 20, 32], [9, 9, 64], [7, 7, 64], [64]]],
    ['resnet', pong, [[84, 84, 4], [42, 42, 16], [21, 21, 32], [11, 11, 32], [11, 11, 32], [64]]],
    ['mlp', cartPole, [[4], [64], [64]]],
    ['identity', cartPole, [[4]]],
  ] as const)('named %s have the shapes of their papers', (encoder, space, shapes) => {
    const layers = encoderLayersFor({ ...defaultHyperparameters, encoder }, space);
    expect(encoderShapes(layers, space.shape)).toEqual(shapes);
  });

  it('are read from text and written back as the same', () => {
    const text = 'conv 16 3x3 stride 2 pad 1 tanh, residual 8, relu, dense 32 linear, dense 7 relu';
    expect(formatEncoder(parseEncoder(text))).toBe(text);
    expect(formatEncoder(parseEncoder('Conv 4 3x3,dense 5'))).toBe('conv 4 3x3 stride 1 pad 0 relu, dense 5 relu');
  });

  it.each([
    ['dens 5', 'cannot be read'],
    ['conv 4 3x5, dense 5', 'must be square'],
    ['conv 4 11x11, dense 5', 'does not fit into 10 × 10 pixels'],
    ['conv 4 3x3', 'must end with a dense layer'],
    ['dense 0', 'at least one unit'],
    ['dense 5, conv 4 3x3, dense 5', 'needs an image'],
    ['conv 4 3x3 pad 3, dense 5', 'padding'],
    ['conv 4 3x3 stride 0, dense 5', 'at least 1'],
  ])('say what is wrong with "%s"', (text, sentence) => {
    expect(findEncoderProblem(custom(text), breakout)).toContain(sentence);
  });

  it('are examined layer by layer, as far as they fit', () => {
    const examine = (text: string) => examineEncoder(parseEncoder(text), breakout.shape);
    expect(examine('conv 4 3x3, dense 5, conv 4 3x3, dense 2')).toEqual({
      shapes: [[10, 10, 4], [8, 8, 4], [5]],
      problem: { layer: 2, message: expect.stringContaining('Put it before the dense layers.') },
    });
    expect(examine('residual 4, relu').problem).toMatchObject({ layer: 1 });
    expect(examine('conv 4 3x3, dense 5').problem).toBeNull();
  });

  it('for images are refused where vectors are observed', () => {
    expect(findEncoderProblem({ ...defaultHyperparameters, encoder: 'nature' }, cartPole)).toContain('gets 4 numbers');
  });
});
