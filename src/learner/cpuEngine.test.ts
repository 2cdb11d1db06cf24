import { describeClipping, describeEngine } from '../../test/golden/engineChecks.ts';

describeEngine('cpu');
describeClipping();
