import { suggestion } from '@ganjs/errors';
import type { Variant } from '@ganjs/trainer';
import * as z from 'zod';
import { RunError } from './errors.js';
import { featureNetworks } from './featureNetworks.js';

const count = z.number().int().positive();

/** Which data, and how to read it. */
export const dataSettingsSchema = z.strictObject({
  name: z.string().describe('a named dataset, or a folder of images or idx files'),
  size: z
    .strictObject({ height: count, width: count })
    .optional()
    .describe('of a folder of images: what they are brought to; needed there, refused elsewhere'),
  channels: z.literal([1, 3, 4]).optional().describe('of a folder of images: gray, RGB (default) or RGBA'),
  factor: z
    .number()
    .int()
    .min(2)
    .optional()
    .describe('of images that super-resolution learns from: how many times smaller the given ones are (4)'),
  source: z
    .enum(['left', 'right'])
    .optional()
    .describe('of pictures that show a pair side by side: the half that is given (left)'),
});

/** How the variant is trained. */
const trainingSettingsSchema = z.strictObject({
  seed: z.number().int().min(0).describe('the same seed gives the same run'),
  batch: count.describe('images a step'),
  epochs: count.optional().describe('passes over the data'),
  steps: count.optional().describe('training steps, instead of epochs'),
  features: z
    .enum(featureNetworks)
    .optional()
    .describe('a trained network whose features losses compare or discriminators read'),
  backend: z.string().describe('what computes: auto, or the name of a backend'),
});

/** What a run is made of: the one schema of its `config.json`, of settings files, and of `createRun`. */
export const runSettingsSchema = z.strictObject({
  variant: z.string().describe('the name of the variant'),
  package: z
    .string()
    .optional()
    .describe('the package or file that exports it, where it is not one of ganjs'),
  preset: z.string().optional().describe('a named set of choices of the variant'),
  data: dataSettingsSchema,
  training: trainingSettingsSchema,
  config: z.record(z.string(), z.unknown()).describe("the variant's configuration"),
});

/** A run's settings, complete. */
export type RunSettings = z.output<typeof runSettingsSchema>;
export type DataSettings = RunSettings['data'];
export type TrainingSettings = RunSettings['training'];

/** Any part of a run's settings: what one place, such as a file, says. */
export const partialSettingsSchema = runSettingsSchema
  .extend({ data: dataSettingsSchema.partial(), training: trainingSettingsSchema.partial() })
  .partial();
export type PartialSettings = z.output<typeof partialSettingsSchema>;

/** A JSON Schema of a settings file, with the variant's own settings: for editors that complete and check. */
export function settingsJsonSchema(variant: Variant): object {
  return z.toJSONSchema(partialSettingsSchema.extend({ config: variant.config.partial().optional() }), {
    io: 'input',
  });
}

/**
 * Checks settings that somebody wrote by hand.
 *
 * @param origin what messages call the place that they come from.
 * @throws RunError with a line for each key that does not exist, with the nearest one, and for each value out of range.
 */
export function checkSettings(origin: string, values: unknown): PartialSettings {
  const result = partialSettingsSchema.safeParse(values);
  if (!result.success)
    throw new RunError(`${origin}: these are no settings of a run:\n${problems(result.error)}`);
  const { training } = result.data;
  if (training?.steps !== undefined && training.epochs !== undefined) {
    throw new RunError(`${origin} names both steps and epochs: a run has one length, leave one out.`);
  }
  return result.data;
}

/** A line for each thing that is wrong; the nearest key for one that does not exist. */
function problems({ issues }: z.ZodError): string {
  return issues
    .map((issue) => {
      const path = issue.path.map(String);
      if (issue.code !== 'unrecognized_keys') return `  ${path.join('.') || 'all'}: ${issue.message}`;
      return issue.keys
        .map((key) => [...path, key].join('.'))
        .map((key) => `  ${key}: no such setting.${suggestion(key, settingKeys())}`)
        .join('\n');
    })
    .join('\n');
}

/** The dotted keys of all settings. */
function settingKeys(): string[] {
  return Object.entries(partialSettingsSchema.shape).flatMap(([key, schema]) => {
    const inner = schema.unwrap();
    return inner instanceof z.ZodObject ? Object.keys(inner.shape).map((own) => `${key}.${own}`) : [key];
  });
}
