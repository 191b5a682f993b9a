import type { AnyInfo } from '@ganjs/trainer';
import * as z from 'zod';

const pixels = z.number().int().positive();

/** Which data, and how to read it: what `--data` and its companions say, and what a run's config.json keeps. */
export const dataRequestSchema = z.object({
  data: z.string().describe('a name from `gan datasets`, or a folder of images or idx files'),
  size: z
    .strictObject({ height: pixels, width: pixels })
    .optional()
    .describe('of a folder of images: what they are brought to; needed there, refused elsewhere'),
  channels: z.literal([1, 3, 4]).optional().describe('of a folder of images: gray, RGB (default) or RGBA'),
  factor: z
    .number()
    .int()
    .min(2)
    .optional()
    .describe('of images that super-resolution learns from: how many times smaller the given ones are (4)'),
  given: z
    .enum(['left', 'right'])
    .optional()
    .describe('of pictures that show a pair side by side: the half that is given (left)'),
});

export type DataRequest = z.output<typeof dataRequestSchema>;

/** What any data tells of itself. */
export type DataInfo = AnyInfo & { readonly embedding?: number | undefined };
