/**
 * Trains the classifier of `@ganjs/encoders/mnist` and writes its weights and reference statistics:
 *
 *   pnpm build && node scripts/trainMnistClassifier.ts [--epochs 8] [--seed 1]
 *
 * It needs Node >= 22.18, which runs TypeScript. The same seed on the same machine gives the same file.
 */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { registerWasmBackend } from '@ganjs/backend-wasm';
import { GaussianStatistics, rows } from '@ganjs/metrics';
import { type Stream, stream } from '@ganjs/random';
import * as tf from '@tensorflow/tfjs';
import { FEATURES, mnistNetwork, SIDE } from '../src/mnist/network.ts';
import { float32Bytes, packWeights, unpackWeights } from '../src/mnist/quantization.ts';
import { type Digits, mnistFiles } from './mnistFiles.ts';

const PIXELS = SIDE * SIDE;
const BATCH = 100;
const LEARNING_RATE = 2e-3;

/** A batch of the given images, each moved by up to two pixels in both directions. */
function shifted(images: Float32Array, indices: ArrayLike<number>, random: Stream): Float32Array {
  const n = indices.length;
  const batch = new Float32Array(n * PIXELS).fill(-1);
  const shifts = random.integers(2 * n, 5);
  for (let i = 0; i < n; i++) {
    const [dy, dx] = [shifts[2 * i]! - 2, shifts[2 * i + 1]! - 2];
    for (let y = Math.max(0, dy); y < Math.min(SIDE, SIDE + dy); y++) {
      const from = indices[i]! * PIXELS + (y - dy) * SIDE + Math.max(0, -dx);
      const row = images.subarray(from, from + SIDE - Math.abs(dx));
      batch.set(row, i * PIXELS + y * SIDE + Math.max(0, dx));
    }
  }
  return batch;
}

async function train(network: tf.LayersModel, digits: Digits, epochs: number, seed: number): Promise<void> {
  const steps = Math.floor(digits.labels.length / BATCH);
  const optimizer = tf.train.adam(LEARNING_RATE);
  const rate = optimizer as unknown as { learningRate: number };
  for (let epoch = 0; epoch < epochs; epoch++) {
    const random = stream(seed, 'epoch', epoch);
    const order = random.permutation(digits.labels.length);
    const started = performance.now();
    let loss = 0;
    for (let step = 0; step < steps; step++) {
      rate.learningRate = LEARNING_RATE * (1 - (epoch * steps + step) / (epochs * steps));
      const indices = order.subarray(step * BATCH, (step + 1) * BATCH);
      const cost = tf.tidy(() => {
        const images = tf.tensor4d(shifted(digits.images, indices, random), [BATCH, SIDE, SIDE, 1]);
        const labels = tf.oneHot(
          tf.tensor1d(
            Array.from(indices, (i) => digits.labels[i]!),
            'int32',
          ),
          10,
        );
        return optimizer.minimize(() => {
          const [, logits] = network.apply(images, { training: true }) as tf.Tensor[];
          return tf.losses.softmaxCrossEntropy(labels, logits!) as tf.Scalar;
        }, true)!;
      });
      loss += (await cost.data())[0]! / steps;
      cost.dispose();
    }
    const seconds = (performance.now() - started) / 1000;
    console.log(`epoch ${epoch + 1}/${epochs}: loss ${loss.toFixed(4)}, ${seconds.toFixed(0)} s`);
  }
}

/** Features and accuracy over all the digits. */
async function measure(network: tf.LayersModel, { images, labels }: Digits) {
  const statistics = new GaussianStatistics(FEATURES);
  let right = 0;
  for (let start = 0; start < labels.length; start += 500) {
    const batch = images.subarray(start * PIXELS, (start + 500) * PIXELS);
    const { features, classes } = tf.tidy(() => {
      const input = tf.tensor4d(batch, [batch.length / PIXELS, SIDE, SIDE, 1]);
      const [embedded, logits] = network.predict(input, { batchSize: 500 }) as tf.Tensor[];
      return { features: embedded!, classes: tf.argMax(logits!, -1) };
    });
    statistics.add(rows(await features.data(), FEATURES));
    (await classes.data<'int32'>()).forEach((digit, i) => {
      if (digit === labels[start + i]) right++;
    });
    tf.dispose([features, classes]);
  }
  return { gaussian: statistics.gaussian(), accuracy: right / labels.length };
}

const { values } = parseArgs({ options: { epochs: { type: 'string' }, seed: { type: 'string' } } });
const epochs = Number(values.epochs ?? 8);
const seed = Number(values.seed ?? 1);

await tf.setBackend(await registerWasmBackend());
const network = mnistNetwork(seed);
await train(network, mnistFiles('train'), epochs, seed);

const test = mnistFiles('t10k');
const { accuracy: unpacked } = await measure(network, test);
const weights = packWeights(network);
unpackWeights(network, weights);
const { accuracy, gaussian } = await measure(network, test);
console.log(`test accuracy: ${unpacked} in float32, ${accuracy} as shipped in int8`);

const triangle = Array.from({ length: FEATURES }, (_, i) =>
  gaussian.covariance.slice(i * FEATURES + i, (i + 1) * FEATURES),
);
const reference = float32Bytes([...gaussian.mean, ...triangle.flatMap((row) => [...row])]);
const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');
writeFileSync(
  new URL('../src/mnist/weights.ts', import.meta.url),
  `// Written by scripts/trainMnistClassifier.ts --epochs ${epochs} --seed ${seed}.

/** The share of the 10,000 MNIST test images that the classifier recognises. */
export const MNIST_ACCURACY = ${accuracy};

/** The mean of the features of the test images, then the upper triangle of their covariance: float32, base64. */
export const REFERENCE =
  '${base64(reference)}';

/** The weights as \`packWeights\` packs them: base64. */
export const WEIGHTS =
  '${base64(weights)}';
`,
);
