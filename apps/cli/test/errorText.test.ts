import { WasmMemoryError } from '@ganjs/backend-wasm';
import { rows } from '@ganjs/metrics';
import { CheckpointError, DivergenceError, GameError } from '@ganjs/trainer';
import { dcgan } from '@ganjs/variants';
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

const image = { height: 28, width: 28, channels: 1 };

/** What its reader can mend, as the packages throw it. */
const mendable: [name: string, Error][] = [
  ['memory that is full', new WasmMemoryError('a float32 tensor [64]', 256, 2 ** 32, 2 ** 32)],
  [
    'an option of a layer',
    thrownBy(() => dcgan.create({ ...dcgan.config.parse({}), dropout: 2 }, { image, classes: 0, seed: 1 })),
  ],
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
