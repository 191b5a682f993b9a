import * as z from 'zod';

/** The label of real images in the discriminator's loss; below 1, the discriminator does not grow too sure of itself. */
export const realTarget = z
  .number()
  .gt(0)
  .max(1)
  .default(1)
  .describe('label of real images: below 1 is one-sided label smoothing, usually 0.9');
