import { describeSimd } from '../golden/simdChecks.ts';

describeSimd();
