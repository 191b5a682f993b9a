import type { Variant } from '@ganjs/trainer';
import { cgan } from './cgan.js';
import { cyclegan } from './cyclegan.js';
import { dcgan } from './dcgan.js';
import { gan } from './gan.js';
import { infogan } from './infogan.js';
import { lsgan } from './lsgan.js';
import { pix2pix } from './pix2pix.js';
import { srgan } from './srgan.js';
import { textToImage } from './textToImage.js';
import { vae } from './vae.js';
import { wgan } from './wgan.js';
import { wganGp } from './wganGp.js';

export { cgan, cyclegan, dcgan, gan, infogan, lsgan, pix2pix, srgan, textToImage, vae, wgan, wganGp };

/** All variants of this package. */
export const variants: readonly Variant[] = [
  gan,
  dcgan,
  cgan,
  lsgan,
  wgan,
  wganGp,
  pix2pix,
  cyclegan,
  srgan,
  textToImage,
  infogan,
  vae,
];
