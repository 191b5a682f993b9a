import { emaWarmUp, type Scheduled } from '@ganjs/trainer';
import * as z from 'zod';

/** The choice of variants that can draw samples with averaged weights: the decay of the average, 0 for none. */
export const ema = z
  .number()
  .min(0)
  .lt(1)
  .default(0)
  .describe("decay of the average of the generator's weights that samples are drawn with; 0 for none");

/**
 * What gives a player an average of its weights, or nothing for a decay of 0. The decay warms up, since the first
 * weights generate plain gray, and so would an average that has not forgotten them.
 */
export function averaged(decay: number): { readonly ema?: Scheduled } {
  return decay > 0 ? { ema: emaWarmUp(decay) } : {};
}
