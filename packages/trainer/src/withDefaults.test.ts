import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { withDefaults } from './withDefaults.js';

const width = z.int().optional().describe('channels');
const schema = z.strictObject({
  latent: z.int().default(100).describe('length of the noise'),
  generator: z
    .union([
      z.strictObject({ backbone: z.literal('dcgan').default('dcgan').describe('networks'), width }),
      z.strictObject({
        backbone: z.literal('mlp').describe('networks'),
        width,
        depth: z.int().default(3).describe('layers'),
      }),
    ])
    .prefault({}),
});

describe('withDefaults', () => {
  it('changes what is named, and keeps the rest with its descriptions', () => {
    const changed = withDefaults(schema, { latent: 64, generator: { width: 8 } });
    expect(changed.parse({})).toEqual({ latent: 64, generator: { backbone: 'dcgan', width: 8 } });
    expect(changed.parse({ generator: { backbone: 'mlp' } }).generator).toEqual({
      backbone: 'mlp',
      width: 8,
      depth: 3,
    });
    expect(changed.shape.latent.description).toBe('length of the noise');
    expect(schema.parse({})).toEqual({ latent: 100, generator: { backbone: 'dcgan' } });
  });

  it('makes another branch the standard one', () => {
    const changed = withDefaults(schema, { generator: { backbone: 'mlp', depth: 2 } });
    expect(changed.parse({ generator: { width: 4 } }).generator).toEqual({
      backbone: 'mlp',
      width: 4,
      depth: 2,
    });
    expect(changed.parse({ generator: { backbone: 'dcgan' } }).generator).toEqual({ backbone: 'dcgan' });
  });
});
