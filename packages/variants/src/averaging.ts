import { z } from 'zod';

/** The setting of variants that can draw samples with averaged weights: the decay of the average, 0 for none. */
export const ema = z
  .number()
  .min(0)
  .lt(1)
  .default(0)
  .describe("decay of the average of the generator's weights that samples are drawn with; 0 for none");
