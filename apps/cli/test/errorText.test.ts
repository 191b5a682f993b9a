import { WasmMemoryError } from '@ganjs/backend-wasm';
import { dropout } from '@ganjs/layers';
import { rows } from '@ganjs/metrics';
import { CheckpointError, DivergenceError, GameError } from '@ganjs/trainer';
import { expect, it } from 'vitest';
import { errorText } from '../src/errorText.js';
import { UsageError } from '../src/usageError.js';

function thrownBy(f: () => unknown): Error {
  try {
    f();
  } catch (error) {
    return error as Error;
  }
  throw new Error('nothing was thrown');
}

/** What its reader can mend, as the packages throw it. */
const mendable: [name: string, Error][] = [
  ['memory that is full', new WasmMemoryError('a float32 tensor [64]', 256, 2 ** 32, 2 ** 32)],
  ['an option of a layer', thrownBy(() => dropout({ rate: 2 }))],
  ['numbers that are not finite', thrownBy(() => rows([Number.NaN], 1))],
  ['a loss that diverged', new DivergenceError(3, 'generator/adversarial', Number.NaN)],
  ['a game against the contract', new GameError('a game needs moves')],
  ['a checkpoint', new CheckpointError('not a whole file')],
  ['a mistake in the command', new UsageError('There is no variant "dcgn".')],
];

it.each(mendable)('%s: the message alone', (_, error) => {
  expect(errorText(error)).toBe(error.message);
});

it('a bug: the stack too', () => {
  expect(errorText(new TypeError('x is undefined'))).toMatch(/^TypeError: x is undefined\n +at /);
  expect(errorText('no error at all')).toBe('no error at all');
});
