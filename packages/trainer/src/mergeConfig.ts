import type * as z from 'zod';
import { chosenBranch, type Group, groupOf, isValues, type Values } from './configGroups.js';

/**
 * Lays part of a configuration over another, group by group: of `{ generator: { width: 64 } }` only the width replaces
 * what was there. Where the upper part chooses another branch of a group, such as `generator.backbone`, all that the
 * lower one said of the group is dropped, for it was said of other networks.
 *
 * @param schema the variant's `config`.
 * @returns a new configuration, unchecked: `parseConfig` checks it.
 */
export function mergeConfig(schema: z.ZodObject, below: Values, above: Values): Record<string, unknown> {
  return merged({ branches: [schema] }, below, above);
}

function merged(group: Group, below: Values, above: Values): Record<string, unknown> {
  const { discriminator } = group;
  const chosen = chosenBranch(group, above);
  const changed =
    discriminator !== undefined &&
    above[discriminator] !== undefined &&
    chosenBranch(group, below) !== chosen;
  const result: Record<string, unknown> = changed ? {} : { ...below };
  const branch = chosenBranch(group, { ...result, ...above });
  for (const [key, value] of Object.entries(above)) {
    if (value === undefined) continue;
    const inner = branch?.shape[key] && groupOf(branch.shape[key]);
    const before = result[key];
    result[key] = inner && isValues(value) && isValues(before) ? merged(inner, before, value) : value;
  }
  return result;
}
