/** Settings that make the networks of DCGAN's family small enough for a test. */
export const smallFamily = {
  latent: 5,
  'generator.width': 16,
  'discriminator.width': 4,
  'discriminator.steps': 1,
};
