import { describeSimd } from '../../../test/golden/simdChecks.ts';

describeSimd();
