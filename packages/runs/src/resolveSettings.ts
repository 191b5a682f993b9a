import { suggestion } from '@ganjs/errors';
import { mergeConfig, parseConfig, type Variant } from '@ganjs/trainer';
import { RunError } from './errors.js';
import {
  checkSettings,
  type DataSettings,
  type PartialSettings,
  type RunSettings,
  type TrainingSettings,
} from './runSettings.js';

/** What one place says of a run, and its name: `createRun`, `command line`, a file's path. */
export interface SettingsLayer {
  readonly origin: string;
  readonly settings: PartialSettings;
}

/** A run's settings with nothing left open but the data, and where each comes from. */
export interface ResolvedSettings {
  readonly settings: Omit<RunSettings, 'data'> & { readonly data?: DataSettings };
  /** By dotted key, such as `training.batch`: `default`, `preset quick`, or the name of a layer. */
  readonly origins: Readonly<Record<string, string>>;
}

type Group = Record<string, unknown>;

/**
 * Lays settings over one another: the variant's defaults, the preset that the layers name, and the layers, later ones
 * over earlier ones.
 *
 * @throws RunError when a layer is no part of the settings or of another variant, or there is no such preset; ConfigError
 * naming the key or value of the variant's configuration that is wrong.
 */
export function resolveSettings(variant: Variant, layers: readonly SettingsLayer[]): ResolvedSettings {
  for (const { origin, settings } of layers) {
    checkSettings(origin, settings);
    if (settings.variant === undefined || settings.variant === variant.name) continue;
    throw new RunError(
      `${origin} is of ${settings.variant}, not of ${variant.name}: to use its settings all the same, take "variant" out of it.`,
    );
  }
  const preset = layers.findLast(({ settings }) => settings.preset !== undefined)?.settings.preset;
  const all: SettingsLayer[] = [
    { origin: 'default', settings: { training: { ...variant.training, seed: 1, backend: 'auto' } } },
    ...(preset === undefined ? [] : [presetLayer(variant, preset)]),
    ...layers,
  ];
  let data: Group = {};
  let training: Group = {};
  let config: Group = {};
  const origins: Record<string, string> = {};
  for (const { origin, settings } of all) {
    // How to read the data belongs to the data that it was said of, and a run has one length.
    const renewed = settings.data?.name !== undefined && settings.data.name !== data.name;
    data = { ...(renewed ? {} : data), ...defined(settings.data) };
    const own = defined(settings.training);
    if ('steps' in own || 'epochs' in own) {
      const { steps, epochs, ...rest } = training;
      training = rest;
    }
    training = { ...training, ...own };
    config = mergeConfig(variant.config, config, settings.config ?? {});
    for (const key of leaves({
      data: defined(settings.data),
      training: own,
      config: settings.config ?? {},
    })) {
      origins[key] = origin;
    }
    if (settings.preset !== undefined) origins.preset = origin;
  }
  const from = layers.findLast(({ settings }) => settings.package !== undefined)?.settings.package;
  const settings = {
    variant: variant.name,
    ...(from !== undefined && { package: from }),
    ...(preset !== undefined && { preset }),
    ...(data.name !== undefined && { data: data as DataSettings }),
    training: training as TrainingSettings,
    config: parseConfig(variant, config) as Record<string, unknown>,
  };
  const keys = leaves({ preset, data, training, config: settings.config });
  return { settings, origins: Object.fromEntries(keys.map((key) => [key, origins[key] ?? 'default'])) };
}

/** A preset's part of the settings. */
function presetLayer({ name, presets = {} }: Variant, preset: string): SettingsLayer {
  const chosen = presets[preset];
  if (!chosen) {
    const names = Object.keys(presets);
    const choice = names.length > 0 ? suggestion(preset, names) : ` ${name} has no presets.`;
    throw new RunError(`${name} has no preset "${preset}".${choice}`);
  }
  const { description, config, ...training } = chosen;
  return { origin: `preset ${preset}`, settings: { training, config } };
}

/** The keys that hold something. */
function defined(group: object = {}): Group {
  return Object.fromEntries(Object.entries(group).filter(([, value]) => value !== undefined));
}

/** The dotted keys of all values that are no groups. */
function leaves(values: object, prefix = ''): string[] {
  return Object.entries(values).flatMap(([key, value]) => {
    if (value === undefined) return [];
    const grouped = typeof value === 'object' && value !== null && !Array.isArray(value);
    return grouped && key !== 'size' ? leaves(value, `${prefix}${key}.`) : [`${prefix}${key}`];
  });
}
