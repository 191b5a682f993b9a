import { describe, expect, it } from 'vitest';
import { checkFixture } from '../test/fixtures.js';
import { constantInput, LayerConfigError } from './index.js';

checkFixture('constantInput', ({ config }) => constantInput(config));

describe('constantInput', () => {
  it('names what it expects', () => {
    expect(() => constantInput({ channels: 0 })).toThrow(LayerConfigError);
  });
});
