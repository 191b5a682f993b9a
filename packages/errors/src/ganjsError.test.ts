import { inspect } from 'node:util';
import { describe, expect, it, vi } from 'vitest';
import { GanjsError, isGanjsError, OptionError } from './index.js';

class BakeryError extends GanjsError {
  override readonly name = 'BakeryError';
}

describe('isGanjsError', () => {
  it('knows the errors of any package that derives from the base class', () => {
    expect(isGanjsError(new BakeryError('no flour'))).toBe(true);
    expect(isGanjsError(new OptionError('bake', 'heat = -1', 'a number > 0', 'Turn it on.'))).toBe(true);
  });

  it('knows those of another copy of this package', async () => {
    vi.resetModules();
    const other: typeof import('./index.js') = await import('./index.js');
    const error = new other.OptionError('bake', 'heat = -1', 'a number > 0', 'Turn it on.');
    expect(error).not.toBeInstanceOf(GanjsError);
    expect(isGanjsError(error)).toBe(true);
  });

  it('takes nothing else for one', () => {
    for (const other of [new Error('a bug'), new RangeError('a bug'), 'text', undefined, null, {}]) {
      expect(isGanjsError(other)).toBe(false);
    }
  });
});

describe('GanjsError', () => {
  it('carries its name and its cause, and prints no mark', () => {
    const cause = new Error('the mill stands still');
    const error = new BakeryError('no flour', { cause });
    expect(`${error}`).toBe('BakeryError: no flour');
    expect(error.cause).toBe(cause);
    expect(inspect(error)).not.toContain('@ganjs/errors)');
  });
});
