import { readFile } from 'node:fs/promises';
import { suggestion } from '@ganjs/errors';
import type { Variant } from '@ganjs/trainer';
import { parse } from 'yaml';
import * as z from 'zod';
import { dataRequestSchema } from './data/request.js';
import { featureNetworks } from './featureNetwork.js';
import { UsageError } from './usageError.js';

const count = z.number().int().positive();

/** What a run is made of: the one schema of a run's `config.json`, of the file of `--config`, and of the flags. */
export const runSettingsSchema = z.strictObject({
  variant: z.string().describe('a name from `gan variants`, or a package that exports a variant'),
  ...dataRequestSchema.shape,
  preset: z.string().optional().describe('a named set of choices of the variant'),
  seed: z.number().int().min(0).describe('the same seed gives the same run'),
  batch: count.describe('images a step'),
  epochs: count.optional().describe('passes over the data'),
  steps: count.optional().describe('training steps, instead of epochs'),
  features: z
    .enum(featureNetworks)
    .optional()
    .describe('a trained network whose features losses compare or discriminators read'),
  backend: z.string().describe('auto, or a name from `gan doctor`'),
  config: z.record(z.string(), z.unknown()).describe("the variant's configuration"),
});

/** Settings from a file: any part of them. */
export type SettingsFile = Partial<z.output<typeof runSettingsSchema>>;

/** What a run's config.json tells besides its settings: of its data and versions. It shapes no other run. */
export const runRecordKeys = [
  'image',
  'classes',
  'source',
  'paired',
  'captioned',
  'embedding',
  'versions',
] as const;

/** A JSON Schema of the file of `--config`, with the variant's own settings: for editors that complete and check. */
export function settingsJsonSchema(variant: Variant): object {
  const own = runSettingsSchema.extend({ config: variant.config.partial() }).partial();
  return z.toJSONSchema(own, { io: 'input' });
}

/**
 * Reads settings from JSON, or from YAML where the file's name ends in `.yaml` or `.yml`.
 *
 * @throws UsageError that names the file and what is wrong in it.
 */
export async function readSettingsFile(path: string): Promise<SettingsFile> {
  const text = await readFile(path, 'utf8').catch((error: Error) => {
    throw new UsageError(`The file of --config cannot be read: ${error.message}`, { cause: error });
  });
  const form = /\.ya?ml$/i.test(path) ? 'YAML' : 'JSON';
  let values: unknown;
  try {
    values = form === 'YAML' ? parse(text) : JSON.parse(text);
  } catch (error) {
    throw new UsageError(`${path} is not ${form}: ${(error as Error).message}`, { cause: error });
  }
  const settings = withoutRecord(values);
  const result = runSettingsSchema.partial().safeParse(settings);
  if (!result.success) throw new UsageError(`${path} holds no run's settings:\n${problems(result.error)}`);
  if (result.data.steps !== undefined && result.data.epochs !== undefined) {
    throw new UsageError(`${path} names both steps and epochs: a run has one length, leave one out.`);
  }
  return result.data;
}

function withoutRecord(values: unknown): unknown {
  if (typeof values !== 'object' || values === null || Array.isArray(values)) return values;
  return Object.fromEntries(
    Object.entries(values).filter(([key]) => !(runRecordKeys as readonly string[]).includes(key)),
  );
}

/** A line for each thing that is wrong; the nearest key for one that does not exist. */
function problems({ issues }: z.ZodError): string {
  return issues
    .map((issue) => {
      if (issue.code !== 'unrecognized_keys')
        return `  ${issue.path.join('.') || 'the file'}: ${issue.message}`;
      return issue.keys
        .map((key) => `  ${key}: no such setting.${suggestion(key, Object.keys(runSettingsSchema.shape))}`)
        .join('\n');
    })
    .join('\n');
}
