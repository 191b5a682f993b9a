import * as tf from '@tensorflow/tfjs';
import { afterEach, describe, expect, it } from 'vitest';
import {
  gradientNorm,
  gradientOf,
  NonScalarObjectiveError,
  NotDifferentiableError,
  variableGradients,
} from './index.js';
import { onBackward, read } from './testing.js';

const variables: tf.Variable[] = [];
const variable = (shape: number[], trainable = true): tf.Variable => {
  const values = tf.tidy(() => tf.reshape(tf.linspace(-0.7, 0.9, tf.util.sizeFromShape(shape)), shape));
  variables.push(tf.variable(values, trainable));
  values.dispose();
  return variables.at(-1)!;
};

/** A game on four numbers: two layers that paint, two that judge. */
function game() {
  const paint = [variable([4, 6]), variable([6, 5])];
  const judge = [variable([5, 7]), variable([7, 1])];
  const dense = (x: tf.Tensor, [first, second]: tf.Variable[]) =>
    tf.matMul(tf.tanh(tf.matMul(x as tf.Tensor2D, first as tf.Tensor2D)), second as tf.Tensor2D);
  const noise = () => tf.reshape(tf.linspace(-1, 1, 12), [3, 4]);
  const images = () => tf.reshape(tf.linspace(1, -1, 15), [3, 5]);
  const scores = (x: tf.Tensor) => dense(x, judge);
  const ofPaint = (fake: tf.Tensor) => tf.mean(tf.softplus(tf.neg(fake)));
  const ofJudge = (fake: tf.Tensor) =>
    tf.add(tf.mean(tf.softplus(fake)), tf.mean(tf.softplus(tf.neg(scores(images())))));
  const penalty = () => tf.mean(tf.square(tf.sub(gradientNorm(gradientOf(scores)(images()).gradient), 1)));
  return { paint, judge, fakes: () => dense(noise(), paint), scores, ofPaint, ofJudge, penalty };
}

/** What `tf.variableGrads` gives, in the order of the variables. */
function separately(scalar: () => tf.Tensor, of: tf.Variable[]): number[][] {
  const { value, grads } = tf.variableGrads(scalar as () => tf.Scalar, of);
  value.dispose();
  return of.map(({ name }) => read(grads[name]));
}

const numbers = (gradients: (tf.Tensor | undefined)[]) =>
  gradients.map((gradient) => (gradient === undefined ? undefined : read(gradient)));

afterEach(() => {
  tf.dispose(variables.splice(0));
});

describe('variableGradients', () => {
  it('of one objective are those of tf.variableGrads', () => {
    const { paint, fakes, scores, ofPaint } = game();
    const before = tf.memory().numTensors;
    const [gradients] = variableGradients(() => [{ scalar: ofPaint(scores(fakes())), variables: paint }]);
    expect(tf.memory().numTensors).toBe(before + paint.length);
    expect(numbers(gradients!)).toEqual(separately(() => ofPaint(scores(fakes())), paint));
  });

  it('of two objectives from one pass are those of two passes, to the last digit', () => {
    const { paint, judge, fakes, scores, ofPaint, ofJudge } = game();
    const before = tf.memory().numTensors;
    const [forPaint, forJudge] = variableGradients(() => {
      const fake = scores(fakes());
      return [
        { scalar: ofPaint(fake), variables: paint },
        { scalar: ofJudge(fake), variables: judge },
      ];
    });
    expect(tf.memory().numTensors).toBe(before + paint.length + judge.length);
    expect(numbers(forPaint!)).toEqual(separately(() => ofPaint(scores(fakes())), paint));
    expect(numbers(forJudge!)).toEqual(separately(() => ofJudge(scores(fakes())), judge));
  });

  it('pass through a gradient penalty in one of the objectives', () => {
    const { paint, judge, fakes, scores, ofPaint, ofJudge, penalty } = game();
    const withPenalty = (fake: tf.Tensor) => tf.add(ofJudge(fake), penalty());
    for (const swapped of [false, true]) {
      const results = variableGradients(() => {
        const fake = scores(fakes());
        const objectives = [
          { scalar: withPenalty(fake), variables: judge },
          { scalar: ofPaint(fake), variables: paint },
        ];
        return swapped ? objectives.reverse() : objectives;
      });
      const [forJudge, forPaint] = swapped ? results.reverse() : results;
      expect(numbers(forJudge!)).toEqual(separately(() => withPenalty(scores(fakes())), judge));
      expect(numbers(forPaint!)).toEqual(separately(() => ofPaint(scores(fakes())), paint));
    }
  });

  it('leave what an objective does not reach, and what is not trained', () => {
    const [w, frozen, unused] = [variable([2]), variable([2], false), variable([2])];
    const constant = () => tf.scalar(1);
    const [first, second, third] = variableGradients(() => [
      { scalar: tf.sum(tf.mul(w!, frozen!)), variables: [unused!, frozen!, w!] },
      { scalar: constant(), variables: [w!] },
      { scalar: tf.sum(w!), variables: [] },
    ]);
    expect(numbers(first!)).toEqual([undefined, undefined, Array.from(frozen!.dataSync())]);
    expect([second, third]).toEqual([[undefined], []]);
  });

  it('leave kept tensors alone', () => {
    const w = variable([3]);
    let loss: tf.Tensor | undefined;
    const [gradients] = variableGradients(() => {
      loss = tf.keep(tf.sum(tf.square(w)));
      return [{ scalar: loss, variables: [w] }];
    });
    expect(read(loss)[0]).toBeGreaterThan(0);
    expect(read(gradients![0])).toHaveLength(3);
  });

  it('free what an operation saved after the last objective that needs it, and not before', () => {
    const size = 1000;
    const [v, w] = [variable([size]), variable([size])];
    const before = tf.memory().numBytes;
    const seen: number[] = [];
    const inUse = () => seen.push((tf.memory().numBytes - before) / (4 * size));
    const chain = (x: tf.Tensor, length: number) => {
      let y = x;
      for (let i = 0; i < length; i++) y = tf.sin(y);
      return y;
    };
    const gradients = variableGradients(() => {
      const shared = chain(onBackward(tf.mul(v, w), inUse), 10);
      return [
        { scalar: tf.sum(chain(shared, 5)), variables: [v] },
        { scalar: tf.sum(tf.square(shared)), variables: [w] },
      ];
    });
    // The product saved both (no copies of the numbers). First pass: the ten shared ones stay; second: none is left.
    expect(seen).toHaveLength(2);
    expect(seen[0]).toBeGreaterThan(10);
    expect(seen[0]).toBeLessThan(16);
    expect(seen[1]).toBeLessThan(6);
    tf.dispose(gradients.flat() as tf.Tensor[]);
  });

  it('are recorded inside of another derivative', () => {
    const w = variable([1]);
    const second = tf.variableGrads(() => {
      const [gradients] = variableGradients(() => [{ scalar: tf.sum(tf.pow(w, 3)), variables: [w] }]);
      return tf.sum(tf.square(gradients![0]!)) as tf.Scalar;
    }, [w]);
    second.value.dispose();
    const [x] = w.dataSync();
    expect(read(second.grads[w.name])[0]).toBeCloseTo(36 * x! ** 3, 4);
  });

  it('refuse what is not a scalar, and free everything when something throws', () => {
    const w = variable([2, 3]);
    const before = tf.memory().numTensors;
    const half = () => ({ scalar: tf.mean(tf.square(w)), variables: [w] });
    const rows = () =>
      variableGradients(() => [half(), { scalar: tf.mean(tf.square(w), 1), variables: [w] }]);
    expect(rows).toThrow(NonScalarObjectiveError);
    expect(rows).toThrow('objective 1 of shape [2], expected a scalar');
    const crop = (x: tf.Tensor) =>
      tf.image.cropAndResize(tf.reshape(x, [1, 2, 3, 1]), [[0, 0, 1, 1]], [0], [2, 2]);
    expect(() =>
      variableGradients(() => [half(), { scalar: tf.sum(crop(tf.exp(w))), variables: [w] }]),
    ).toThrow(NotDifferentiableError);
    expect(tf.memory().numTensors).toBe(before);
  });
});
