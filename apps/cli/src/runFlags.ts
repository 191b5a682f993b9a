import { readFile } from 'node:fs/promises';
import {
  type DataSettings,
  type FeatureNetworkName,
  type PartialSettings,
  parseSettingsFile,
  type ResolvedSettings,
  resolveSettings,
  type SettingsLayer,
} from '@ganjs/runs';
import type { Variant } from '@ganjs/trainer';
import { UsageError } from './usageError.js';

/** The flags that shape a run. */
export interface RunFlags {
  readonly data?: string;
  readonly size?: DataSettings['size'];
  readonly channels?: DataSettings['channels'];
  readonly factor?: number;
  readonly source?: DataSettings['source'];
  readonly preset?: string;
  readonly batch?: number;
  readonly epochs?: number;
  readonly steps?: number;
  readonly seed?: number;
  readonly features?: FeatureNetworkName;
  readonly backend?: string;
  /** A file of settings. */
  readonly config?: string;
  /** `key=value`, each a setting of the variant. */
  readonly set?: readonly string[];
}

/**
 * The settings of a run: the variant's defaults, the preset, the file of `--config` and the flags, each over the ones
 * before.
 *
 * @param specifier what the user called the variant.
 * @throws UsageError, RunError or ConfigError naming the flag, file, key or value that is wrong.
 */
export async function settingsOf(
  variant: Variant,
  specifier: string,
  flags: RunFlags,
): Promise<ResolvedSettings> {
  const layers: SettingsLayer[] = [];
  if (flags.config !== undefined) {
    const text = await readFile(flags.config, 'utf8').catch((error: Error) => {
      throw new UsageError(`The file of --config cannot be read: ${error.message}`, { cause: error });
    });
    layers.push({ origin: flags.config, settings: parseSettingsFile(flags.config, text) });
  }
  const { data: name, size, channels, factor, source, preset, set = [] } = flags;
  const { seed, batch, epochs, steps, features, backend } = flags;
  const settings: PartialSettings = {
    ...(specifier !== variant.name && { package: specifier }),
    preset,
    data: { name, size, channels, factor, source },
    training: { seed, batch, epochs, steps, features, backend },
    config: assigned(set),
  };
  return resolveSettings(variant, [...layers, { origin: 'command line', settings }]);
}

/** `['generator.width=48']` becomes `{ generator: { width: 48 } }`: a value is JSON where it parses as such, else text. */
function assigned(assignments: readonly string[]): Record<string, unknown> {
  const config: Record<string, unknown> = {};
  for (const assignment of assignments) {
    const equals = assignment.indexOf('=');
    if (equals < 1) {
      throw new UsageError(`--set takes key=value, such as --set latent=64, but "${assignment}" came.`);
    }
    const path = assignment.slice(0, equals).split('.');
    const last = path.pop()!;
    let group = config;
    for (const key of path) {
      if (typeof group[key] !== 'object' || group[key] === null) group[key] = {};
      group = group[key] as Record<string, unknown>;
    }
    group[last] = parsed(assignment.slice(equals + 1));
  }
  return config;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
