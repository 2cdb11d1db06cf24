import { describeEngine } from '../golden/engineChecks.ts';
import { describeLosses } from '../golden/lossChecks.ts';

describeEngine('wasm');
describeLosses('wasm');
describeEngine('webgpu');
describeLosses('webgpu');
