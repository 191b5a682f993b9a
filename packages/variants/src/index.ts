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
