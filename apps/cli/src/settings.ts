import { readFile } from 'node:fs/promises';
import type { Variant } from '@ganjs/trainer';
import { z } from 'zod';
import { type FeatureNetworkName, featureNetworks } from './featureNetwork.js';
import { suggestion, UsageError } from './usageError.js';

/** What a run is made of, besides the variant's own configuration. Read from the file of `--config` too. */
const fileSchema = z.looseObject({
  preset: z.string().optional(),
  batch: z.number().int().positive().optional(),
  epochs: z.number().int().positive().optional(),
  steps: z.number().int().positive().optional(),
  seed: z.number().int().min(0).optional(),
  features: z.enum(featureNetworks).optional(),
  config: z.record(z.string(), z.unknown()).optional(),
});

/** The choices of the command line that shape a run. */
export interface SettingOptions {
  readonly preset?: string;
  readonly config?: string;
  readonly set?: readonly string[];
  readonly batch?: number;
  readonly epochs?: number;
  readonly steps?: number;
  readonly seed?: number;
  readonly features?: FeatureNetworkName;
}

/** A run's settings with nothing left open. */
export interface Settings {
  readonly preset?: string;
  readonly batch: number;
  readonly length: { readonly epochs: number } | { readonly steps: number };
  readonly seed: number;
  /** The network whose features a content loss compares. */
  readonly features?: FeatureNetworkName;
  /** The variant's configuration, complete and checked. */
  readonly config: Record<string, unknown>;
}

/**
 * Merges the variant's defaults, the preset, the file and the flags, each over the ones before.
 *
 * @throws UsageError naming the preset, file, key or value that is wrong.
 */
export async function resolveSettings(variant: Variant, options: SettingOptions): Promise<Settings> {
  const file = options.config === undefined ? {} : await readConfigFile(options.config);
  const presetName = options.preset ?? file.preset;
  const preset = presetName === undefined ? undefined : variant.presets?.[presetName];
  if (presetName !== undefined && !preset) {
    const names = Object.keys(variant.presets ?? {});
    const choice = names.length > 0 ? suggestion(presetName, names) : ` ${variant.name} has no presets.`;
    throw new UsageError(`${variant.name} has no preset "${presetName}".${choice}`);
  }
  const assignments = Object.fromEntries((options.set ?? []).map((text) => parseAssignment(variant, text)));
  const features = options.features ?? file.features;
  const config = parseConfig(variant, { ...preset?.config, ...file.config, ...assignments });
  return {
    ...(presetName !== undefined && { preset: presetName }),
    batch: options.batch ?? file.batch ?? preset?.batch ?? variant.training.batch,
    length: lengthOf(options) ??
      lengthOf(file) ??
      lengthOf(preset ?? {}) ?? { epochs: variant.training.epochs },
    seed: options.seed ?? file.seed ?? 1,
    ...(features !== undefined && { features }),
    config,
  };
}

/** Checks a variant's configuration and fills in the defaults. */
export function parseConfig(
  variant: Variant,
  values: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  for (const key of Object.keys(values)) checkKey(variant, key);
  const result = variant.config.safeParse(values);
  if (result.success) return result.data;
  const problems = result.error.issues.map(({ path, message }) => {
    const key = path.join('.');
    const { description } = variant.config.shape[key] ?? {};
    return `${key}=${String(values[key])}: ${message}${description ? ` (${description})` : ''}`;
  });
  throw new UsageError(`${variant.name} cannot be configured so:\n  ${problems.join('\n  ')}`);
}

/** `latent=64` becomes `['latent', 64]`: the value is JSON where it parses as such, else text. */
function parseAssignment(variant: Variant, text: string): [string, unknown] {
  const equals = text.indexOf('=');
  if (equals < 1) throw new UsageError(`--set takes key=value, such as --set latent=64, but "${text}" came.`);
  const key = text.slice(0, equals);
  const value = text.slice(equals + 1);
  checkKey(variant, key);
  try {
    return [key, JSON.parse(value)];
  } catch {
    return [key, value];
  }
}

function checkKey(variant: Variant, key: string): void {
  const keys = Object.keys(variant.config.shape);
  if (!keys.includes(key)) {
    throw new UsageError(`${variant.name} has no setting "${key}".${suggestion(key, keys)}`);
  }
}

async function readConfigFile(path: string): Promise<z.output<typeof fileSchema>> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    throw new UsageError(`The file of --config cannot be read: ${(error as Error).message}`, {
      cause: error,
    });
  }
  let values: unknown;
  try {
    values = JSON.parse(text);
  } catch (error) {
    throw new UsageError(`${path} is not JSON: ${(error as Error).message}`, { cause: error });
  }
  const result = fileSchema.safeParse(values);
  if (!result.success)
    throw new UsageError(`${path} is not a run's configuration:\n${z.prettifyError(result.error)}`);
  return result.data;
}

/** How long a run is asked to be: steps before epochs; undefined when neither is named. */
export function lengthOf({ epochs, steps }: { epochs?: number | undefined; steps?: number | undefined }) {
  if (steps !== undefined) return { steps };
  return epochs === undefined ? undefined : { epochs };
}
