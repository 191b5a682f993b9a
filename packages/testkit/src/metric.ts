import { stream } from '@ganjs/random';
import {
  type Check,
  ConformanceError,
  ensure,
  ensureFinite,
  ensureNoLeak,
  ensureSame,
  register,
} from './check.js';

/** A score of samples beside a reference: both [n, width] row after row. */
export type Measure = (
  samples: Float32Array,
  reference: Float32Array,
  width: number,
) => number | Promise<number>;

/** How to test a metric. */
export interface MetricOptions {
  /** Whether lower or higher is better. */
  readonly best: 'lowest' | 'highest';
  /** What scores may be. Default: any finite number. */
  readonly range?: readonly [low: number, high: number];
  /** The score of the reference itself, within 1e-6. */
  readonly ofItself?: number;
  /** Rows in a set, and numbers in a row. Default 200 of 6. */
  readonly rows?: number;
  readonly width?: number;
}

/**
 * Registers what every metric must satisfy: it gives a finite number in its range, the same for the same data, which it
 * leaves as it was; samples of the reference's distribution score better than shifted ones, and these better than ones
 * shifted further; it refuses NaN instead of scoring it.
 *
 * @example
 * testMetric('frechetDistance', (x, y, width) => frechetDistanceOfFeatures(rows(x, width), rows(y, width)), {
 *   best: 'lowest',
 *   ofItself: 0,
 * });
 */
export function testMetric(name: string, measure: Measure, options: MetricOptions): void {
  register(`${name} as a metric`, metricChecks(measure, options));
}

/** The checks of {@link testMetric}. */
export function metricChecks(measure: Measure, options: MetricOptions): Check[] {
  const { best, range, ofItself, rows = 200, width = 6 } = options;
  const normal = (name: string, shift = 0) =>
    Float32Array.from(stream(1, name).normal(rows * width, shift, 1));
  const reference = normal('reference');
  const score = async (samples: Float32Array) => {
    const value = await ensureNoLeak('a call', () => measure(samples, reference, width));
    ensureFinite([value], 'the score');
    if (range)
      ensure(value >= range[0] && value <= range[1], `the score is ${value}`, `${range[0]} to ${range[1]}`);
    return value;
  };
  return [
    {
      name: 'gives the same number for the same data, which it leaves as it was',
      async run() {
        const samples = normal('samples');
        const copies = [samples.slice(), reference.slice()];
        const first = await score(samples);
        ensureSame([await score(samples)], [first], 'a second call');
        ensureSame(samples, copies[0]!, 'the samples after the call');
        ensureSame(reference, copies[1]!, 'the reference after the call');
      },
    },
    ...(ofItself === undefined
      ? []
      : [
          {
            name: `gives ${ofItself} for the reference itself`,
            async run() {
              ensureSame([await score(reference.slice())], [ofItself], 'the score of the reference', 1e-6);
            },
          },
        ]),
    {
      name: 'tells better samples from worse',
      async run() {
        const [good, worse, worst] = [
          await score(normal('samples')),
          await score(normal('samples', 0.75)),
          await score(normal('samples', 1.5)),
        ];
        const ordered = best === 'lowest' ? good < worse && worse < worst : good > worse && worse > worst;
        ensure(
          ordered,
          `samples shifted by 0, 0.75 and 1.5 deviations score ${good}, ${worse} and ${worst}`,
          `that the ${best} is best`,
        );
      },
    },
    {
      name: 'refuses NaN',
      async run() {
        const samples = normal('samples');
        samples[3] = Number.NaN;
        const value = await refusal(() => measure(samples, reference, width));
        ensure(value === undefined, `samples with NaN score ${value}`, 'an error');
      },
    },
  ];
}

/** What a call gives; undefined when it throws. */
async function refusal(f: () => number | Promise<number>): Promise<number | undefined> {
  try {
    return await f();
  } catch (error) {
    if (error instanceof ConformanceError) throw error;
    return undefined;
  }
}
