import * as z from 'zod';

/** A variant's settings, or a group of them, as one of several branches: `backbone: 'mlp'` has others than `'resnet'`. */
export interface Group {
  /** What it can hold: one shape, or one for each value of the discriminator. */
  readonly branches: readonly z.ZodObject[];
  /** The key whose value tells the branches apart, where there are several. */
  readonly discriminator?: string;
}

export type Values = Readonly<Record<string, unknown>>;

/** What a schema is below its default, or its being optional. */
export function bare(schema: z.core.$ZodType): z.core.$ZodType {
  return schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault || schema instanceof z.ZodOptional
    ? bare(schema.unwrap())
    : schema;
}

/** The group that a schema is; undefined for a single setting. */
export function groupOf(schema: z.core.$ZodType): Group | undefined {
  const inner = bare(schema);
  if (inner instanceof z.ZodObject) return { branches: [inner] };
  if (!(inner instanceof z.ZodUnion)) return undefined;
  const branches = inner.options.map(bare);
  if (!branches.every((branch) => branch instanceof z.ZodObject)) return undefined;
  const [first] = branches;
  const discriminator = Object.keys(first!.shape).find((key) =>
    branches.every((branch) => branch.shape[key] && bare(branch.shape[key]) instanceof z.ZodLiteral),
  );
  return discriminator === undefined ? undefined : { branches, discriminator };
}

/** The value of the discriminator that a branch stands for. */
export function branchName({ shape }: z.ZodObject, discriminator: string): string {
  const literal = bare(shape[discriminator]!) as z.ZodLiteral;
  return String(literal.value);
}

/**
 * The branch that values choose: by the discriminator, or where they have none by its default. Undefined where they
 * name one that does not exist.
 */
export function chosenBranch({ branches, discriminator }: Group, values: Values): z.ZodObject | undefined {
  if (discriminator === undefined) return branches[0];
  const name = values[discriminator];
  if (name !== undefined) return branches.find((branch) => branchName(branch, discriminator) === name);
  return branches.find(({ shape }) => z.safeParse(shape[discriminator]!, undefined).success) ?? branches[0];
}

/** Whether a value is a group's: an object of settings. */
export function isValues(value: unknown): value is Values {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
