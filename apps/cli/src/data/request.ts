import type { AnyInfo } from '@ganjs/trainer';
import { z } from 'zod';

/** Which data, and how to read it: what `--data` and its companions say, and what a run's config.json keeps. */
export const dataRequestSchema = z.object({
  /** A name of `gan datasets`, or a folder. */
  data: z.string(),
  /** Of a folder of images: what they are brought to. Needed there, refused elsewhere. */
  size: z.object({ height: z.number(), width: z.number() }).optional(),
  /** Of a folder of images: 1 gray, 3 RGB (default), 4 RGBA. */
  channels: z.literal([1, 3, 4]).optional(),
  /** Of images that super-resolution learns from: how many times smaller the given ones are. Default 4. */
  factor: z.number().optional(),
  /** Of pictures that show a pair side by side: the half that is given; the other one is wanted. Default left. */
  given: z.enum(['left', 'right']).optional(),
});

export type DataRequest = z.output<typeof dataRequestSchema>;

/** What any data tells of itself. */
export type DataInfo = AnyInfo & { readonly embedding?: number | undefined };
