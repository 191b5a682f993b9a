import { suggestion } from '@ganjs/errors';
import type * as z from 'zod';
import { ConfigError } from './errors.js';
import type { Task, Variant } from './variant.js';

/**
 * Checks a variant's configuration and fills in the defaults. Unlike `variant.config.parse` it knows the nearest
 * key, and refuses unknown ones where the schema is not strict, too.
 *
 * @param values - any of the configuration's keys.
 * @returns all of them.
 * @throws ConfigError for a key that the variant does not have, with the nearest one, or for a value out of its range.
 */
export function parseConfig<Schema extends z.ZodObject, T extends Task>(
  { name, config }: Variant<Schema, T>,
  values: Readonly<Record<string, unknown>>,
): z.output<Schema> {
  const keys = Object.keys(config.shape);
  const unknown = Object.keys(values).find((key) => !keys.includes(key));
  if (unknown !== undefined) {
    throw new ConfigError(`${name} has no setting "${unknown}".${suggestion(unknown, keys)}`);
  }
  const result = config.safeParse(values);
  if (result.success) return result.data;
  const problems = result.error.issues.map(({ path, message }) => {
    const key = path.join('.');
    const { description } = config.shape[key] ?? {};
    return `${key}=${String(values[key])}: ${message}${description ? ` (${description})` : ''}`;
  });
  throw new ConfigError(`${name} cannot be configured so:\n  ${problems.join('\n  ')}`);
}
