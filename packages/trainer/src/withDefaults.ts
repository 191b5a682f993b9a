import * as z from 'zod';
import { bare, groupOf, type Values } from './configGroups.js';

/** Part of what a schema takes, group by group. */
export type Defaults<S extends z.ZodType> = PartOf<z.input<S>>;
type PartOf<T> = T extends readonly unknown[] ? T : T extends object ? { [K in keyof T]?: PartOf<T[K]> } : T;

/**
 * A setting or a group of settings with other defaults, such as those of one paper. In a group of several branches, such
 * as `generator.backbone`, a default goes to each branch that has the setting, and the named branch becomes the standard
 * one.
 *
 * @param schema a variant's `config`, or part of it.
 * @param defaults what is left out keeps its default.
 */
export function withDefaults<S extends z.ZodType>(schema: S, defaults: Defaults<S>): S {
  return changed(schema, defaults) as unknown as S;
}

function changed(schema: z.ZodType, value: unknown): z.ZodType {
  const group = groupOf(schema);
  if (!group) return single(schema, value);
  const [first, ...others] = group.branches.map((branch) =>
    z.strictObject(shapeWith(branch, value as Values)),
  );
  const inner = others.length > 0 ? z.union([first!, ...others]) : first!;
  return bare(schema) === schema ? inner : inner.prefault({});
}

function shapeWith({ shape }: z.ZodObject, defaults: Values): Record<string, z.ZodType> {
  const fields = Object.entries(shape as Record<string, z.ZodType>).map(([key, schema]) => {
    const value = defaults[key];
    if (value === undefined) return [key, schema];
    const inner = bare(schema) as z.ZodType;
    if (!(inner instanceof z.ZodLiteral)) return [key, changed(schema, value)];
    const chosen = inner.value === value ? inner.default(value as never) : inner;
    return [key, chosen.describe(schema.description!)];
  });
  return Object.fromEntries(fields) as Record<string, z.ZodType>;
}

function single(schema: z.ZodType, value: unknown): z.ZodType {
  return (bare(schema) as z.ZodType).default(value).describe(schema.description!);
}
