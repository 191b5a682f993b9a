import { suggestion } from '@ganjs/errors';
import { parseConfig, type Variant } from '@ganjs/trainer';
import { type DataRequest, dataRequestSchema } from './data/request.js';
import type { FeatureNetworkName } from './featureNetwork.js';
import { readSettingsFile, runSettingsSchema, type SettingsFile } from './runSettings.js';
import { UsageError } from './usageError.js';

/** The choices of the command line that shape a run: what {@link runSettingsSchema} holds, and where more of it stands. */
export interface SettingOptions extends Partial<DataRequest> {
  readonly preset?: string;
  readonly config?: string;
  readonly set?: readonly string[];
  readonly batch?: number;
  readonly epochs?: number;
  readonly steps?: number;
  readonly seed?: number;
  readonly features?: FeatureNetworkName;
  readonly backend?: string;
}

/** A run's settings with nothing left open but the data. */
export interface Settings {
  /** Which data, and how to read it; undefined where neither the file nor the flags name any. */
  readonly request?: DataRequest;
  readonly preset?: string;
  readonly batch: number;
  readonly length: { readonly epochs: number } | { readonly steps: number };
  readonly seed: number;
  /** The network whose features a content loss compares. */
  readonly features?: FeatureNetworkName;
  readonly backend: string;
  /** The variant's configuration, complete and checked. */
  readonly config: Record<string, unknown>;
  /** Where each setting comes from: `default`, `preset quick`, the file's path or `command line`. */
  readonly origins: Readonly<Record<string, string>>;
}

/** Settings that one place gives: the defaults, a preset, a file or the flags. */
interface Layer {
  readonly origin: string;
  readonly values: SettingsFile;
}

/**
 * Merges the variant's defaults, the preset, the file and the flags, each over the ones before.
 *
 * @param specifier - what the user called the variant, as a run's config.json keeps it.
 * @throws UsageError naming the preset or file that is wrong, ConfigError the key or value.
 */
export async function resolveSettings(
  variant: Variant,
  options: SettingOptions,
  specifier = variant.name,
): Promise<Settings> {
  const { config: path, set = [], ...flags } = options;
  const file = path === undefined ? {} : await readSettingsFile(path);
  if (file.variant !== undefined && file.variant !== specifier) {
    throw new UsageError(
      `${path} is of ${file.variant}, not of ${specifier}: to use its settings all the same, take "variant" out of it.`,
    );
  }
  const name = flags.preset ?? file.preset;
  const preset = name === undefined ? {} : presetOf(variant, name);
  const assignments = Object.fromEntries(set.map(parseAssignment));
  const layers: Layer[] = [
    { origin: 'default', values: { ...variant.training, seed: 1, backend: 'auto' } },
    { origin: `preset ${name}`, values: { ...preset } },
    { origin: path ?? '', values: file },
    { origin: 'command line', values: { ...picked(flags), config: assignments } },
  ];
  const { values, origins } = merged(layers);
  const config = parseConfig(variant, values.config ?? {});
  for (const key of Object.keys(config)) origins[`config.${key}`] ??= 'default';
  const { data, size, channels, factor, given, features, preset: presetName } = values;
  return {
    ...(data !== undefined && { request: picked({ data, size, channels, factor, given }) }),
    ...(presetName !== undefined && { preset: presetName }),
    batch: values.batch!,
    length: lengthOf(values)!,
    seed: values.seed!,
    ...(features && { features }),
    backend: values.backend!,
    config,
    origins,
  };
}

/** A run's settings in the form of its config.json, or of a file for `--config`. */
export function settingsFile(specifier: string, settings: Settings) {
  const { request, preset, seed, batch, length, features, backend, config } = settings;
  return {
    variant: specifier,
    ...request,
    ...(preset !== undefined && { preset }),
    seed,
    batch,
    ...length,
    ...(features && { features }),
    backend,
    config,
  };
}

/** Lays settings over those of the layers before, and keeps of each where it comes from. */
function merged(layers: readonly Layer[]): { values: SettingsFile; origins: Record<string, string> } {
  const values: Record<string, unknown> = {};
  const origins: Record<string, string> = {};
  const drop = (keys: readonly string[]) => {
    for (const key of keys) {
      delete values[key];
      delete origins[key];
    }
  };
  for (const { origin, values: layer } of layers) {
    // How to read the data belongs to the data that it was said of, and a run has one length.
    if (layer.data !== undefined && layer.data !== values.data) drop(Object.keys(dataRequestSchema.shape));
    if (layer.steps !== undefined || layer.epochs !== undefined) drop(['steps', 'epochs']);
    const { config, ...own } = layer;
    for (const [key, value] of Object.entries(picked(own))) {
      values[key] = value;
      origins[key] = origin;
    }
    values.config = { ...(values.config as object), ...config };
    for (const key of Object.keys(config ?? {})) origins[`config.${key}`] = origin;
  }
  return { values, origins };
}

/** A preset's part of the settings. */
function presetOf(variant: Variant, name: string): SettingsFile {
  const preset = variant.presets?.[name];
  if (preset) {
    const { description, ...values } = preset;
    return values;
  }
  const names = Object.keys(variant.presets ?? {});
  const choice = names.length > 0 ? suggestion(name, names) : ` ${variant.name} has no presets.`;
  throw new UsageError(`${variant.name} has no preset "${name}".${choice}`);
}

/** The keys of {@link runSettingsSchema} that an object holds, without those that are undefined. */
function picked<T extends object>(values: T): T {
  const known = Object.entries(values).filter(
    ([key, value]) => key in runSettingsSchema.shape && value !== undefined,
  );
  return Object.fromEntries(known) as T;
}

/** `latent=64` becomes `['latent', 64]`: the value is JSON where it parses as such, else text. */
function parseAssignment(text: string): [string, unknown] {
  const equals = text.indexOf('=');
  if (equals < 1) throw new UsageError(`--set takes key=value, such as --set latent=64, but "${text}" came.`);
  const key = text.slice(0, equals);
  const value = text.slice(equals + 1);
  try {
    return [key, JSON.parse(value)];
  } catch {
    return [key, value];
  }
}

/** How long a run is asked to be: steps before epochs; undefined when neither is named. */
export function lengthOf({ epochs, steps }: { epochs?: number | undefined; steps?: number | undefined }) {
  if (steps !== undefined) return { steps };
  return epochs === undefined ? undefined : { epochs };
}
