import { expect, it, vi } from 'vitest';
import { DatasetError } from '../errors.js';

it('says what to install when sharp is missing', async () => {
  vi.doMock('sharp', () => {
    throw new Error('Cannot find package');
  });
  const { sharpDecoder } = await import('./sharpDecoder.js');
  await expect(sharpDecoder()).rejects.toBeInstanceOf(DatasetError);
  await expect(sharpDecoder()).rejects.toThrow(/sharp\) is not installed.*npm install sharp/);
});
