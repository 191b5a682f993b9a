import { describe, expect, it } from 'vitest';
import { suggestion } from './index.js';

describe('suggestion', () => {
  const choices = ['gan', 'dcgan', 'cyclegan', 'boundaryEquilibrium'];

  it('names the nearest choice: up to two letters off, or a third of a long word', () => {
    expect(suggestion('dcgam', choices)).toBe(' Did you mean "dcgan"?');
    expect(suggestion('cycelgan', choices)).toBe(' Did you mean "cyclegan"?');
    expect(suggestion('boundryEquilibrum', choices)).toBe(' Did you mean "boundaryEquilibrium"?');
    expect(suggestion('equilibrium', choices)).toContain('Choose one of');
  });

  it('lists the choices where none is near, and says nothing where there is none', () => {
    expect(suggestion('diffusion', choices)).toBe(
      ' Choose one of: gan, dcgan, cyclegan, boundaryEquilibrium.',
    );
    expect(suggestion('dcgan', [])).toBe('');
  });
});
