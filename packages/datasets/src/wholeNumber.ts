import { DatasetError } from './errors.js';

/** @throws DatasetError unless `got` is an integer from 1 on. */
export function checkWholeNumber(where: string, field: string, got: number, fix: string): void {
  if (Number.isInteger(got) && got >= 1) return;
  throw new DatasetError({ where, field, got, expected: 'an integer >= 1', fix });
}
