/** The kernels that networks are made of beside TensorFlow.js's own. */

import { columnSumsKernel, slopeKernel } from './gradientKernels.ts';
import { maxPoolGradKernel, patchesKernel } from './imageKernels.ts';
import { lstmStepGradKernel, lstmStepKernel } from './lstmKernels.ts';
import type { OwnKernel } from './ownKernel.ts';

export const networkKernels = [
  patchesKernel,
  maxPoolGradKernel,
  lstmStepKernel,
  lstmStepGradKernel,
  slopeKernel,
  columnSumsKernel,
] as unknown as readonly OwnKernel<object>[];
