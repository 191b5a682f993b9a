import type { Variant } from '@ganjs/trainer';
import { cgan } from './cgan.js';
import { dcgan } from './dcgan.js';
import { gan } from './gan.js';

export { cgan, dcgan, gan };

/** All variants of this package. */
export const variants: readonly Variant[] = [gan, dcgan, cgan];
