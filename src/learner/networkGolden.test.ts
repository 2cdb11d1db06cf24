import { describeInference, describeNetworks } from '../../test/golden/networkChecks.ts';

describeNetworks('cpu');
describeInference('Plain');
