import { type Batch, type Dataset, disposeBatch } from '@ganjs/datasets';
import * as tf from '@tensorflow/tfjs';
import { type Check, ConformanceError, ensure, ensureNoLeak, ensureSame, register } from './check.js';

/** How to test a dataset. */
export interface DatasetOptions {
  /** Images a batch, at most half of the dataset. Default 4. */
  readonly batch?: number;
}

/**
 * Registers what every dataset must satisfy: batches are as `info` says, with pixels in [-1, 1] and labels that have a
 * class; an epoch is a pure function of seed and number, goes on from any batch, and differs from the next; wrong
 * options are refused at the call; whoever stops early leaves no tensor behind.
 *
 * @param open opens it, for each check anew.
 *
 * @example
 * testDataset('mnist', () => mnist.open({ split: 'test' }));
 */
export function testDataset<B extends Batch>(
  name: string,
  open: () => Dataset<B> | Promise<Dataset<B>>,
  options: DatasetOptions = {},
): void {
  register(`${name} as a dataset`, datasetChecks(open, options));
}

/** Batches looked at from the start of an epoch. */
const MOST = 6;

/** The checks of {@link testDataset}. */
export function datasetChecks<B extends Batch>(
  open: () => Dataset<B> | Promise<Dataset<B>>,
  { batch = 4 }: DatasetOptions = {},
): Check[] {
  /** The first batches of an epoch as plain data. */
  const read = async (dataset: Dataset<B>, at: { seed?: number; epoch?: number; from?: number } = {}) => {
    const batches: Record<string, Plain>[] = [];
    for await (const one of dataset.batches({ batch, seed: 1, epoch: 0, ...at })) {
      batches.push(await plain(one));
      disposeBatch(one);
      if (batches.length === MOST) break;
    }
    return batches;
  };

  return [
    {
      name: 'gives batches as its info says',
      async run() {
        const dataset = await open();
        const { name, size, image, classes } = dataset.info;
        ensure(
          name !== '' && Number.isInteger(size) && size >= 2 * batch,
          `"${name}" has size ${size}`,
          `a name and at least ${2 * batch} images`,
        );
        const batches = await read(dataset);
        const count = Math.min(MOST, Math.floor(size / batch));
        ensure(batches.length === count, `an epoch gives ${batches.length} batches`, `${count}`);
        for (const { images, labels } of batches) {
          const shape = [batch, image.height, image.width, image.channels];
          ensure(
            images?.shape?.join() === shape.join(),
            `images have shape [${images?.shape}]`,
            `[${shape}]`,
          );
          const beyond = numbers(images).find((value) => !(Math.abs(value) <= 1));
          ensure(beyond === undefined, `an image holds ${beyond}`, 'pixels in [-1, 1]');
          ensure(
            (labels !== undefined) === (classes !== undefined),
            `batches have ${labels ? '' : 'no '}labels`,
            `${classes ? '' : 'no '}labels, as info has ${classes ? '' : 'no '}classes`,
          );
          if (!labels || !classes) continue;
          ensure(labels.shape?.join() === String(batch), `labels have shape [${labels.shape}]`, `[${batch}]`);
          const wrong = numbers(labels).find((label) => !classes[label]);
          ensure(wrong === undefined, `a label is ${wrong}`, `a class below ${classes.length}`);
        }
      },
    },
    {
      name: 'gives an epoch that depends on seed and number alone',
      async run() {
        const [one, other] = [await open(), await open()];
        const first = await read(one);
        ensureSameBatches(await read(one), first, 'the same epoch of the same seed');
        ensureSameBatches(await read(other), first, 'the same epoch, opened again');
        ensure(!same(await read(one, { epoch: 1 }), first), 'the next epoch is the same', 'another order');
        ensure(
          !same(await read(one, { seed: 2 }), first),
          'another seed gives the same epoch',
          'another order',
        );
      },
    },
    {
      name: 'goes on from any batch',
      async run() {
        const dataset = await open();
        const whole = await read(dataset);
        const rest = (await read(dataset, { from: 1 })).slice(0, whole.length - 1);
        ensureSameBatches(rest, whole.slice(1), 'an epoch from its batch 1 on');
      },
    },
    {
      name: 'refuses wrong options at the call',
      async run() {
        const dataset = await open();
        const wrong = {
          'batch 0': { batch: 0 },
          'more than it has': { batch: dataset.info.size + 1 },
          'epoch -1': { epoch: -1 },
        };
        for (const [what, options] of Object.entries(wrong)) {
          ensure(
            throws(() => dataset.batches({ batch, seed: 1, epoch: 0, ...options })),
            `it takes ${what}`,
            'an error',
          );
        }
      },
    },
    {
      name: 'leaves no tensor behind when one stops early',
      async run() {
        const dataset = await open();
        await ensureNoLeak('an epoch that ends after one batch', async () => {
          for await (const one of dataset.batches({ batch, seed: 1, epoch: 0 })) {
            disposeBatch(one);
            break;
          }
        });
      },
    },
  ];
}

/** A tensor as numbers, or a list of other things. */
interface Plain {
  readonly shape?: readonly number[];
  readonly values: ArrayLike<unknown>;
}

const numbers = (one: Plain | undefined) => Array.from((one?.values ?? []) as ArrayLike<number>);

async function plain(batch: Batch): Promise<Record<string, Plain>> {
  const entries = Object.entries(batch).map(async ([name, value]: [string, unknown]) => {
    if (!(value instanceof tf.Tensor)) return [name, { values: value as ArrayLike<unknown> }] as const;
    return [name, { shape: value.shape, values: (await value.data()).slice() }] as const;
  });
  return Object.fromEntries(await Promise.all(entries));
}

function ensureSameBatches(
  actual: readonly Record<string, Plain>[],
  wanted: readonly Record<string, Plain>[],
  what: string,
): void {
  ensure(actual.length === wanted.length, `${what} has ${actual.length} batches`, `${wanted.length}`);
  for (const [i, batch] of wanted.entries()) {
    for (const [name, { values }] of Object.entries(batch)) {
      ensureSame(
        (actual[i]![name]?.values ?? []) as ArrayLike<number>,
        values as ArrayLike<number>,
        `${what}: ${name} of batch ${i}`,
      );
    }
  }
}

function same(a: readonly Record<string, Plain>[], b: readonly Record<string, Plain>[]): boolean {
  try {
    ensureSameBatches(a, b, '');
    return true;
  } catch (error) {
    if (error instanceof ConformanceError) return false;
    throw error;
  }
}

function throws(f: () => unknown): boolean {
  try {
    f();
    return false;
  } catch {
    return true;
  }
}
