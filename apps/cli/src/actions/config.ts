import { settingsJsonSchema } from '@ganjs/runs';
import { resolveVariant } from '@ganjs/runs/node';
import pc from 'picocolors';
import { type RunFlags, settingsOf } from '../runFlags.js';

/** The flags of `gan config`. */
export interface ConfigOptions extends RunFlags {
  readonly json?: boolean;
  readonly schema?: boolean;
}

/** `gan config` */
export async function configCommand(specifier: string, options: ConfigOptions): Promise<void> {
  const variant = await resolveVariant(specifier);
  if (options.schema) {
    console.log(JSON.stringify(settingsJsonSchema(variant), null, 2));
    return;
  }
  const { settings, origins } = await settingsOf(variant, specifier, options);
  if (options.json) {
    console.log(JSON.stringify(settings, null, 2));
    return;
  }
  const rows = Object.entries(origins).map(
    ([key, origin]) => [key, JSON.stringify(valueAt(settings, key)), origin] as const,
  );
  const width = (column: 0 | 1) => Math.max(...rows.map((row) => row[column].length));
  for (const [key, value, origin] of rows) {
    console.log(`${key.padEnd(width(0))}  ${value.padEnd(width(1))}  ${pc.dim(origin)}`);
  }
}

/** The value under a dotted key. */
function valueAt(settings: object, key: string): unknown {
  return key.split('.').reduce<unknown>((group, part) => (group as Record<string, unknown>)[part], settings);
}
