import type { Variant } from '@ganjs/trainer';
import { cgan } from './cgan.js';
import { dcgan } from './dcgan.js';
import { gan } from './gan.js';
import { infogan } from './infogan.js';
import { lsgan } from './lsgan.js';
import { srgan } from './srgan.js';
import { textToImage } from './textToImage.js';
import { vae } from './vae.js';
import { wgan } from './wgan.js';
import { wganGp } from './wganGp.js';

export { cgan, dcgan, gan, infogan, lsgan, srgan, textToImage, vae, wgan, wganGp };

/** All variants of this package. */
export const variants: readonly Variant[] = [
  gan,
  dcgan,
  cgan,
  lsgan,
  wgan,
  wganGp,
  srgan,
  textToImage,
  infogan,
  vae,
];
