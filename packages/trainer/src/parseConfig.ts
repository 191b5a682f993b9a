import { suggestion } from '@ganjs/errors';
import type * as z from 'zod';
import { branchName, chosenBranch, type Group, groupOf, isValues, type Values } from './configGroups.js';
import { configSettings } from './configSettings.js';
import { ConfigError } from './errors.js';
import type { Task } from './tasks.js';
import type { Variant } from './variant.js';

/**
 * Checks a variant's configuration and fills in the defaults. Unlike `variant.config.parse` it knows the nearest
 * key, and refuses unknown ones where the schema is not strict, too.
 *
 * @param given any of the configuration's settings, grouped as in the schema.
 * @returns all of them.
 * @throws ConfigError for a setting that the variant does not have, or not beside the chosen backbone or rule, with the
 * nearest one; or for a value out of its range.
 */
export function parseConfig<Schema extends z.ZodObject, T extends Task>(
  { name, config }: Pick<Variant<Schema, T>, 'name' | 'config'>,
  given: Values,
): z.output<Schema> {
  const values = said(given);
  const problems = problemsOf({ branches: [config] }, values, '');
  const [unknown] = problems.filter(({ reason }) => reason === 'unknown');
  if (unknown) throw new ConfigError(unknownSetting(name, config, unknown));
  if (problems.length > 0) {
    const lines = problems.map(({ path, text }) => `${path}: ${text}`);
    throw new ConfigError(`${name} cannot be configured so:\n  ${lines.join('\n  ')}`);
  }
  const result = config.safeParse(values);
  if (result.success) return result.data as z.output<Schema>;
  const messages = result.error.issues.map(({ message }) => message);
  throw new ConfigError(`${name} cannot be configured so:\n  ${messages.join('\n  ')}`);
}

/** The values without those that are undefined, which say nothing. */
function said(values: Values): Values {
  const entries = Object.entries(values).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries.map(([key, value]) => [key, isValues(value) ? said(value) : value]));
}

/** What is wrong with a setting. */
interface Problem {
  readonly reason: 'unknown' | 'value';
  /** Its dotted key; of a value, with the value: `latent=-3`. */
  readonly path: string;
  readonly text: string;
  /** The choice that it does not go with, where another choice has it: `generator.backbone=mlp`. */
  readonly beside?: string;
}

function problemsOf(group: Group, values: Values, prefix: string): Problem[] {
  const { branches, discriminator } = group;
  const branch = chosenBranch(group, values);
  if (!branch) {
    const names = branches.map((one) => branchName(one, discriminator!));
    const came = String(values[discriminator!]);
    const text = `no such choice.${suggestion(came, names)} There are ${names.join(', ')}.`;
    return [{ reason: 'value', path: `${prefix}${discriminator}=${came}`, text }];
  }
  return Object.entries(values).flatMap(([key, value]): Problem[] => {
    const path = `${prefix}${key}`;
    const schema = branch.shape[key];
    if (!schema) {
      const elsewhere = branches.some(({ shape }) => key in shape);
      const beside = elsewhere && `${prefix}${discriminator}=${branchName(branch, discriminator!)}`;
      return [{ reason: 'unknown', path, text: '', ...(beside && { beside }) }];
    }
    const inner = groupOf(schema);
    if (inner && isValues(value)) return problemsOf(inner, value, `${path}.`);
    const result = (schema as z.ZodType).safeParse(value);
    if (result.success) return [];
    const { description } = schema as z.ZodType;
    const messages = inner
      ? `a group of settings is expected: ${path}.${Object.keys(inner.branches[0]!.shape)[0]}`
      : result.error.issues.map(({ message }) => message).join('; ');
    const about = description ? ` (${description})` : '';
    return [
      {
        reason: 'value',
        path: `${path}=${typeof value === 'string' ? value : JSON.stringify(value)}`,
        text: `${messages}${about}`,
      },
    ];
  });
}

function unknownSetting(name: string, config: z.ZodObject, { path, beside }: Problem): string {
  if (beside !== undefined)
    return `${name} has no setting "${path}" with ${beside}: there it would change nothing.`;
  const paths = configSettings(config).map((setting) => setting.path);
  // Somebody who forgets the group finds it: learningRate is optimizer.learningRate.
  const last = path.split('.').at(-1);
  const grouped = [...new Set(paths)].filter((known) => known !== last && known.split('.').at(-1) === last);
  const near = grouped.length > 0 ? ` Did you mean "${grouped.join('" or "')}"?` : suggestion(path, paths);
  return `${name} has no setting "${path}".${near}`;
}
