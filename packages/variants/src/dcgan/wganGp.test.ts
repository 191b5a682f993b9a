import { testOwnVariant } from '../testing.js';
import { smallFamily } from './smallFamily.testing.js';
import { wganGp } from './wganGp.js';

testOwnVariant(wganGp, { small: smallFamily });
