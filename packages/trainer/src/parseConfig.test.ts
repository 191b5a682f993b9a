import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { ConfigError, defineVariant, parseConfig } from './index.js';
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
