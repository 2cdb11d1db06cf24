import { describeClipping, describeEngine } from '../../test/golden/engineChecks.ts';
import { describeLosses } from '../../test/golden/lossChecks.ts';

describeEngine('cpu');
describeLosses('cpu');
describeClipping();
