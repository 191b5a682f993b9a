import { testOwnVariant } from '../testing.js';
import { lsgan } from './lsgan.js';
import { smallFamily } from './smallFamily.testing.js';

testOwnVariant(lsgan, { small: smallFamily });
