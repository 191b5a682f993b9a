import type { Variant } from '@ganjs/trainer';
import { cgan } from './dcgan/cgan.js';
import { dcgan } from './dcgan/dcgan.js';
import { lsgan } from './dcgan/lsgan.js';
import { wgan } from './dcgan/wgan.js';
import { wganGp } from './dcgan/wganGp.js';
import { gan } from './gan.js';
import { infogan } from './infogan.js';
import { textToImage } from './text/textToImage.js';
import { cyclegan } from './translation/cyclegan.js';
import { pix2pix } from './translation/pix2pix.js';
import { srgan } from './translation/srgan.js';
import { vae } from './vae.js';

export { cgan, cyclegan, dcgan, gan, infogan, lsgan, pix2pix, srgan, textToImage, vae, wgan, wganGp };

/** All variants of this package, in the order in which their papers came out. */
export const variants: readonly Variant[] = [
  vae,
  gan,
  cgan,
  dcgan,
  textToImage,
  infogan,
  srgan,
  lsgan,
  pix2pix,
  wgan,
  cyclegan,
  wganGp,
];
