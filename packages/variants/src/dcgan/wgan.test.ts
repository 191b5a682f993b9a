import { testOwnVariant } from '../testing.js';
import { smallFamily } from './smallFamily.testing.js';
import { wgan } from './wgan.js';

testOwnVariant(wgan, { small: smallFamily });
