import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { dependsOn, gradientOf, untraced, variableGradients } from './index.js';

/** Runs `ask` with two variables inside of a pass that trains the first. */
function inPass(ask: (trained: tf.Variable, other: tf.Variable) => void): void {
  tf.tidy(() => {
    const [trained, other] = [tf.variable(tf.ones([2])), tf.variable(tf.ones([2]))];
    variableGradients(() => {
      ask(trained, other);
      return [{ scalar: tf.sum(trained), variables: [trained] }];
    });
    tf.dispose([trained, other]);
  });
}

describe('dependsOn', () => {
  it('tells what was computed from a variable', () => {
    inPass((trained, other) => {
      const product = tf.mul(tf.square(trained), other);
      expect(dependsOn([product], [trained])).toBe(true);
      expect(dependsOn([product], [other])).toBe(true);
      expect(dependsOn([tf.square(other)], [trained])).toBe(false);
      expect(dependsOn([tf.ones([2])], [trained])).toBe(false);
      expect(dependsOn([tf.ones([2]), product], [trained])).toBe(true);
      expect(dependsOn([trained], [trained])).toBe(true);
      expect(dependsOn([], [trained])).toBe(false);
      expect(dependsOn([untraced(() => tf.square(trained))], [trained])).toBe(false);
    });
  });

  it('is false outside of any derivative', () => {
    const w = tf.tidy(() => tf.variable(tf.ones([2])));
    expect(dependsOn([w], [w])).toBe(false);
    w.dispose();
  });

  it('counts what a pass differentiates with respect to', () => {
    inPass((trained, other) => {
      // A pass of its own: nothing records it.
      untraced(() =>
        gradientOf((x) => {
          expect(dependsOn([tf.square(x)], [trained])).toBe(true);
          expect(dependsOn([tf.ones([2])], [trained])).toBe(false);
          return tf.square(x);
        })(other),
      );
    });
    tf.tidy(() => {
      tf.grad((x) => {
        expect(dependsOn([tf.square(x)], [])).toBe(true);
        expect(dependsOn([tf.ones([2])], [])).toBe(false);
        return x.square();
      })(tf.ones([2]));
    });
  });

  it('is true inside of a derivative of a derivative', () => {
    inPass((trained, other) => {
      gradientOf((x) => {
        expect(dependsOn([tf.ones([2])], [trained])).toBe(true);
        return tf.square(x);
      })(other);
      expect(dependsOn([tf.ones([2])], [trained])).toBe(false);
    });
  });
});
