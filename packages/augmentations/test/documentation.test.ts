import { expect, it } from 'vitest';
import { documentationGaps } from '../../losses/test/documentation.js';

it('says of every export what it computes, and where that comes from', () => {
  expect(documentationGaps(new URL('../src/index.ts', import.meta.url))).toEqual([]);
});
