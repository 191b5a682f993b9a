import * as z from 'zod';

/** The settings of a discriminator of patches: PatchGAN (Isola et al., 2017). */
export const patchGan = {
  width: z.number().int().positive().default(64).describe("filters of the PatchGAN's first convolution"),
  layers: z
    .number()
    .int()
    .min(0)
    .max(6)
    .default(3)
    .describe('halvings in the PatchGAN: patches of 1, 16, 34, 70, 142 ... pixels for 0, 1, 2, 3, 4 ...'),
};
