import pc from 'picocolors';
import { resolveVariant } from '../resolveVariant.js';
import { settingsJsonSchema } from '../runSettings.js';
import { resolveSettings, type SettingOptions, settingsFile } from '../settings.js';

export interface ConfigOptions extends SettingOptions {
  readonly json?: boolean;
  readonly schema?: boolean;
}

/** `gan config` */
export async function configCommand(name: string, options: ConfigOptions): Promise<void> {
  const variant = await resolveVariant(name);
  if (options.schema) {
    console.log(JSON.stringify(settingsJsonSchema(variant), null, 2));
    return;
  }
  const settings = await resolveSettings(variant, options, name);
  const file = settingsFile(name, settings);
  if (options.json) {
    console.log(JSON.stringify(file, null, 2));
    return;
  }
  const { config, variant: _, ...own } = file;
  const rows = [
    ...Object.entries(own),
    ...Object.entries(config).map(([key, value]) => [`config.${key}`, value] as const),
  ].map(([key, value]) => [key, JSON.stringify(value), settings.origins[key] ?? ''] as const);
  const width = (column: 0 | 1) => Math.max(...rows.map((row) => row[column].length));
  for (const [key, value, origin] of rows) {
    console.log(`${key.padEnd(width(0))}  ${value.padEnd(width(1))}  ${pc.dim(origin)}`);
  }
}
