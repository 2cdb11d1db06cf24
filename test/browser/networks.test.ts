import { describeNetworks } from '../golden/networkChecks.ts';

describeNetworks('wasm');
describeNetworks('webgpu');
