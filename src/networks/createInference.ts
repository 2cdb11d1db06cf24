import type { NetworkSpec } from './networkSpec.ts';
import { PlainInference, type PolicyInference } from './policyInference.ts';
import { supportsKernels } from './simd/kernels.ts';
import { SimdInference } from './simd/SimdInference.ts';

/** The fastest inference that this engine can run, for at most `maxRows` environments at once. */
export const createInference = (spec: NetworkSpec, maxRows: number): PolicyInference =>
  supportsKernels() ? new SimdInference(spec, maxRows) : new PlainInference(spec, maxRows);
