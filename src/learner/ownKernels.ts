/** Every kernel of our own: what TensorFlow.js lacks, or has slower. */
import { columnSumsKernel, slopeKernel } from './gradientKernels.ts';
import { maxPoolGradKernel, patchesKernel } from './imageKernels.ts';
import { lossKernels } from './lossKernels.ts';
import { lstmStepGradKernel, lstmStepKernel } from './lstmKernels.ts';
import { optimizerStepKernel } from './optimizerStep.ts';
import type { OwnKernel } from './ownKernel.ts';

export const ownKernels = [
  patchesKernel,
  maxPoolGradKernel,
  lstmStepKernel,
  lstmStepGradKernel,
  slopeKernel,
  columnSumsKernel,
  optimizerStepKernel,
  ...lossKernels,
] as unknown as readonly OwnKernel<object>[];
