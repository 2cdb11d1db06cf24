import { describeEngine } from '../golden/engineChecks.ts';

describeEngine('wasm');
describeEngine('webgpu');
