/** Five of bsuite's tasks (Osband et al. 2020), in the sizes that the project offers. */
import type { EnvDefinition } from '../env.ts';
import { Catch, catchSpec } from './catch.ts';
import { DeepSea, deepSeaSpec } from './deepSea.ts';
import { DiscountingChain, discountingChainSpec } from './discountingChain.ts';
import {
  catchAspectRatio,
  chainAspectRatio,
  deepSeaAspectRatio,
  discountingChainAspectRatio,
  drawCatch,
  drawDeepSea,
  drawDiscountingChain,
  drawMemoryChain,
  drawUmbrella,
} from './drawings.ts';
import { MemoryChain, type MemoryChainOptions, memoryChainSpec } from './memoryChain.ts';
import { Umbrella, type UmbrellaOptions, umbrellaSpec } from './umbrella.ts';

const defineDeepSea = (size: number): EnvDefinition => ({
  spec: deepSeaSpec(size),
  create: () => new DeepSea({ size }),
  snapshotSize: 2,
  aspectRatio: deepSeaAspectRatio,
  draw: drawDeepSea(size),
});

const defineMemoryChain = (options: MemoryChainOptions): EnvDefinition => ({
  spec: memoryChainSpec(options),
  create: () => new MemoryChain(options),
  snapshotSize: 3 + options.bits,
  aspectRatio: chainAspectRatio,
  draw: drawMemoryChain(options.length),
});

export const defineUmbrella = (options: UmbrellaOptions): EnvDefinition => ({
  spec: umbrellaSpec(options),
  create: () => new Umbrella(options),
  snapshotSize: 4,
  aspectRatio: chainAspectRatio,
  draw: drawUmbrella(options.length),
});

export const bsuiteDefinitions: readonly EnvDefinition[] = [
  {
    spec: catchSpec,
    create: () => new Catch(),
    snapshotSize: 3,
    aspectRatio: catchAspectRatio,
    draw: drawCatch,
  },
  defineDeepSea(10),
  defineDeepSea(20),
  defineMemoryChain({ length: 10, bits: 1 }),
  defineMemoryChain({ length: 2, bits: 5 }),
  defineUmbrella({ length: 20, distractors: 20 }),
  {
    spec: discountingChainSpec,
    create: () => new DiscountingChain(),
    snapshotSize: 3,
    aspectRatio: discountingChainAspectRatio,
    draw: drawDiscountingChain,
  },
];
