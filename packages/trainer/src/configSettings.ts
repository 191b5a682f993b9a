import * as z from 'zod';
import { bare, branchName, type Group, groupOf } from './configGroups.js';

/** One setting of a variant. */
export interface ConfigSetting {
  /** Its dotted key: `generator.width`. */
  readonly path: string;
  readonly description: string | undefined;
  /** Its default; undefined where it has none, or may be left out. */
  readonly default: unknown;
  /** Whether it may be left out. */
  readonly hasDefault: boolean;
  /** What it can be, where it is one of a few words. */
  readonly choices?: readonly string[];
  /** The choices that it takes effect with: `generator.backbone=dcgan`. */
  readonly when?: string;
}

/** Every setting of a variant's configuration, those of all branches included, in the order of the schema. */
export function configSettings(schema: z.ZodObject): readonly ConfigSetting[] {
  return settingsOf({ branches: [schema] }, '', undefined);
}

function settingsOf(group: Group, prefix: string, outer: string | undefined): ConfigSetting[] {
  const { branches, discriminator } = group;
  const settings: ConfigSetting[] = [];
  if (discriminator !== undefined) settings.push(choiceOf(group, discriminator, prefix, outer));
  for (const branch of branches) {
    const when =
      discriminator === undefined ? outer : `${prefix}${discriminator}=${branchName(branch, discriminator)}`;
    for (const [key, schema] of Object.entries(branch.shape)) {
      if (key === discriminator) continue;
      const inner = groupOf(schema);
      if (inner) settings.push(...settingsOf(inner, `${prefix}${key}.`, when));
      else settings.push(single(schema, `${prefix}${key}`, when));
    }
  }
  return settings;
}

/** The setting that chooses a branch. */
function choiceOf(
  { branches }: Group,
  discriminator: string,
  prefix: string,
  when: string | undefined,
): ConfigSetting {
  const schemas = branches.map(({ shape }) => shape[discriminator]!);
  const standard = schemas.find((schema) => z.safeParse(schema, undefined).success);
  const described = schemas.map((schema) => (schema as z.ZodType).description);
  return {
    path: `${prefix}${discriminator}`,
    description: described.find((text) => text !== undefined),
    ...defaultOf(standard),
    choices: branches.map((branch) => branchName(branch, discriminator)),
    ...(when !== undefined && { when }),
  };
}

function single(schema: z.core.$ZodType, path: string, when: string | undefined): ConfigSetting {
  const inner = bare(schema);
  const choices = inner instanceof z.ZodEnum ? inner.options : undefined;
  return {
    path,
    description: (schema as z.ZodType).description,
    ...defaultOf(schema),
    ...(choices && { choices: choices.map(String) }),
    ...(when !== undefined && { when }),
  };
}

function defaultOf(schema: z.core.$ZodType | undefined): Pick<ConfigSetting, 'default' | 'hasDefault'> {
  const result = schema && z.safeParse(schema, undefined);
  return { default: result?.data, hasDefault: result?.success ?? false };
}
