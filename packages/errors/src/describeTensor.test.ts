import { expect, it } from 'vitest';
import { describeTensor } from './index.js';

it('names shape and dtype', () => {
  expect(describeTensor({ shape: [2, 3], dtype: 'int32' })).toBe('shape [2,3] and dtype int32');
});
