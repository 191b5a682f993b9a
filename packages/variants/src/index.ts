import type { Variant } from '@ganjs/trainer';
import { cgan } from './cgan.js';
import { dcgan } from './dcgan.js';
import { gan } from './gan.js';
import { lsgan } from './lsgan.js';
import { wgan } from './wgan.js';
import { wganGp } from './wganGp.js';

export { cgan, dcgan, gan, lsgan, wgan, wganGp };

/** All variants of this package. */
export const variants: readonly Variant[] = [gan, dcgan, cgan, lsgan, wgan, wganGp];
