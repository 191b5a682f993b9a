import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { ConfigError, configSettings, defineVariant, mergeConfig, parseConfig } from './index.js';
import { solo } from './testing.js';

const variant = defineVariant({
  name: 'solo-gan',
  summary: 'One player.',
  paper: { title: 'Solo', authors: 'Nobody', year: 2026 },
  algorithm: 'play',
  task: 'image-synthesis',
  config: z.object({
    latent: z.int().default(3).describe('length of the noise'),
    width: z.int().default(8).describe('channels of the first layer'),
  }),
  training: { batch: 1, epochs: 1 },
  create: () => solo(),
});

describe('parseConfig', () => {
  it('fills in the defaults', () => {
    expect(parseConfig(variant, { width: 4 })).toEqual({ latent: 3, width: 4 });
  });

  it('refuses a key that the variant does not have, and names the nearest', () => {
    const parse = () => parseConfig(variant, { latnt: 5 });
    expect(parse).toThrow(ConfigError);
    expect(parse).toThrow('solo-gan has no setting "latnt". Did you mean "latent"?');
  });

  it('says which value is wrong, and what the key is for', () => {
    const parse = () => parseConfig(variant, { latent: 'many', width: 0.5 });
    expect(parse).toThrow(
      /latent=many: .*expected number.* \(length of the noise\)\n +width=0\.5: .*expected int/,
    );
  });
});

const common = { width: z.int().default(8).describe('channels of the first layer') };
const grouped = {
  name: 'grouped',
  config: z.strictObject({
    latent: z.int().default(3).describe('length of the noise'),
    generator: z
      .union([
        z.strictObject({
          backbone: z.literal('dcgan').default('dcgan').describe('the networks'),
          ...common,
          dropout: z.number().min(0).max(1).default(0.3).describe('fraction dropped'),
        }),
        z.strictObject({ backbone: z.literal('mlp').describe('the networks'), ...common }),
      ])
      .prefault({}),
    optimizer: z
      .strictObject({ learningRate: z.number().positive().default(1e-4).describe('learning rate of both') })
      .prefault({}),
  }),
};

describe('parseConfig with groups', () => {
  const parse = (values: object) => parseConfig(grouped, values as Record<string, unknown>);

  it('fills in the defaults of each group, and of the chosen backbone', () => {
    const optimizer = { learningRate: 1e-4 };
    expect(parse({})).toEqual({
      ...{ latent: 3, optimizer },
      generator: { backbone: 'dcgan', width: 8, dropout: 0.3 },
    });
    expect(parse({ generator: { width: 4 } }).generator).toEqual({
      backbone: 'dcgan',
      width: 4,
      dropout: 0.3,
    });
    expect(parse({ generator: { backbone: 'mlp' } }).generator).toEqual({ backbone: 'mlp', width: 8 });
  });

  it.each([
    [{ learningRate: 1 }, 'grouped has no setting "learningRate". Did you mean "optimizer.learningRate"?'],
    [
      { generator: { widht: 1 } },
      'grouped has no setting "generator.widht". Did you mean "generator.width"?',
    ],
    [
      { generator: { backbone: 'mlp', dropout: 0.9 } },
      'grouped has no setting "generator.dropout" with generator.backbone=mlp: there it would change nothing.',
    ],
    [{ generator: { backbone: 'mpl' } }, /generator\.backbone=mpl: no such choice\. Did you mean "mlp"\?/],
    [{ generator: { dropout: 2 } }, /generator\.dropout=2: .*<=1 \(fraction dropped\)/],
    [{ generator: 7 }, /generator=7: a group of settings is expected/],
  ])("says what is wrong with %o, in the user's words", (values, message) => {
    expect(() => parse(values)).toThrow(message);
  });
});

describe('mergeConfig', () => {
  const merge = (below: object, above: object) =>
    mergeConfig(grouped.config, below as Record<string, unknown>, above as Record<string, unknown>);

  it('replaces single settings of a group', () => {
    const below = { latent: 5, generator: { width: 4, dropout: 0.1 } };
    expect(merge(below, { generator: { width: 6 } })).toEqual({
      latent: 5,
      generator: { width: 6, dropout: 0.1 },
    });
    expect(below.generator.width).toBe(4);
  });

  it('drops what was said of another backbone, and keeps what was said of the same', () => {
    const below = { generator: { width: 4, dropout: 0.1 } };
    expect(merge(below, { generator: { backbone: 'mlp' } })).toEqual({ generator: { backbone: 'mlp' } });
    expect(merge(below, { generator: { backbone: 'dcgan' } })).toEqual({
      generator: { backbone: 'dcgan', width: 4, dropout: 0.1 },
    });
  });

  it('takes undefined for nothing said', () => {
    expect(merge({ latent: 5 }, { latent: undefined })).toEqual({ latent: 5 });
  });
});

it('configSettings lists every setting of every branch', () => {
  expect(configSettings(grouped.config)).toEqual([
    { path: 'latent', description: 'length of the noise', default: 3, hasDefault: true },
    {
      ...{ path: 'generator.backbone', description: 'the networks', default: 'dcgan', hasDefault: true },
      choices: ['dcgan', 'mlp'],
    },
    ...[
      { path: 'generator.width', description: 'channels of the first layer', default: 8 },
      { path: 'generator.dropout', description: 'fraction dropped', default: 0.3 },
    ].map((setting) => ({ ...setting, hasDefault: true, when: 'generator.backbone=dcgan' })),
    {
      ...{
        path: 'generator.width',
        description: 'channels of the first layer',
        default: 8,
        hasDefault: true,
      },
      when: 'generator.backbone=mlp',
    },
    { path: 'optimizer.learningRate', description: 'learning rate of both', default: 1e-4, hasDefault: true },
  ]);
});

describe('defineVariant looks into groups', () => {
  const define = (config: z.ZodObject) => defineVariant({ ...variant, config });

  it.each([
    [
      z.strictObject({ a: z.strictObject({ b: z.int().describe('b') }).prefault({ b: 1 }) }),
      '"a.b" needs a default',
    ],
    [
      z.strictObject({ a: z.strictObject({ b: z.int().default(1) }).prefault({}) }),
      '"a.b" needs a description',
    ],
    [
      z.strictObject({ a: z.strictObject({ b: z.int().default(1).describe('b') }) }),
      'each group needs a default',
    ],
  ])('%#', (config, message) => {
    expect(() => define(config)).toThrow(message);
  });
});
