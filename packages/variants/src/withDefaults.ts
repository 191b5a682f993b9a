import * as z from 'zod';

/** Part of what a schema takes, group by group. */
export type Defaults<S extends z.ZodType> = PartOf<z.input<S>>;
type PartOf<T> = T extends readonly unknown[] ? T : T extends object ? { [K in keyof T]?: PartOf<T[K]> } : T;

type Values = Readonly<Record<string, unknown>>;

/**
 * A group of settings with other defaults, such as those of one paper. In a group of several branches, such as
 * `generator.backbone`, a default goes to each branch that has the setting, and the named branch becomes the standard one.
 */
export function withDefaults<S extends z.ZodType>(schema: S, defaults: Defaults<S>): S {
  return changed(schema, defaults) as unknown as S;
}

function changed(schema: z.ZodType, value: unknown): z.ZodType {
  const inner = bare(schema);
  if (inner instanceof z.ZodObject) {
    const group = z.strictObject(shapeWith(inner, value as Values));
    return inner === schema ? group : group.prefault({});
  }
  if (inner instanceof z.ZodUnion && inner.options.every((option) => option instanceof z.ZodObject)) {
    return z
      .union(inner.options.map((option) => z.strictObject(shapeWith(option, value as Values))))
      .prefault({});
  }
  return inner.default(value).describe(schema.description!);
}

function shapeWith({ shape }: z.ZodObject, defaults: Values): Record<string, z.ZodType> {
  const fields = Object.entries(shape as Record<string, z.ZodType>).map(([key, schema]) => {
    const value = defaults[key];
    if (value === undefined) return [key, schema];
    const inner = bare(schema);
    if (!(inner instanceof z.ZodLiteral)) return [key, changed(schema, value)];
    const chosen = inner.value === value ? inner.default(value as never) : inner;
    return [key, chosen.describe(schema.description!)];
  });
  return Object.fromEntries(fields) as Record<string, z.ZodType>;
}

/** What a schema is below its default, or its being optional. */
function bare(schema: z.ZodType): z.ZodType {
  return schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault || schema instanceof z.ZodOptional
    ? bare(schema.unwrap() as z.ZodType)
    : schema;
}
