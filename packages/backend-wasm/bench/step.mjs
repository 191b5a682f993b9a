import * as tf from '@tensorflow/tfjs';
import { adam } from './adam.mjs';
import { median, numbers } from './measure.mjs';
import { dcgan, srgan } from './networks.mjs';
import { profileKernels } from './profile.mjs';

const weights = (model) => model.trainableWeights.map((w) => w.read());
const logistic = (logits, label) => tf.losses.sigmoidCrossEntropy(tf.fill(logits.shape, label), logits);

/** One alternating update: the discriminator on real and generated images, then the generator. */
function dcganStep(batch) {
  const { generator, discriminator } = dcgan();
  const real = tf.tensor4d(numbers(batch * 784, 1), [batch, 28, 28, 1]);
  const noise = tf.tensor2d(numbers(batch * 100, 2), [batch, 100]);
  const training = { training: true };
  const stepD = adam(1e-4);
  const stepG = adam(1e-4);
  const update = (loss, model, apply) =>
    tf.tidy(() => {
      const { value, grads } = tf.variableGrads(loss, weights(model));
      apply(grads);
      return value;
    });
  return () => {
    const lossD = update(
      () => {
        const fake = generator.apply(noise, training);
        return logistic(discriminator.apply(real, training), 1).add(
          logistic(discriminator.apply(fake, training), 0),
        );
      },
      discriminator,
      stepD,
    );
    const lossG = update(
      () => logistic(discriminator.apply(generator.apply(noise, training), training), 1),
      generator,
      stepG,
    );
    return [lossD, lossG];
  };
}

/** Forward, backward and Adam of SRGAN's generator under a squared error. */
function srganStep(batch) {
  const model = srgan();
  const x = tf.tensor4d(numbers(batch * 24 * 24 * 3, 1), [batch, 24, 24, 3]);
  const step = adam(1e-4);
  return () =>
    tf.tidy(() => {
      const { value, grads } = tf.variableGrads(
        () => tf.losses.meanSquaredError(x, model.apply(x, { training: true })),
        weights(model),
      );
      step(grads);
      return [value];
    });
}

/** By variant: what makes a step, and the usual batch. */
const steps = { dcgan: [dcganStep, 64], srgan: [srganStep, 8] };

/** A variant's `step`, which waits until it is done and leaves nothing behind, at the wanted or the usual batch. */
export function prepare(variant, wanted) {
  if (!(variant in steps))
    throw new Error(`unknown variant '${variant}'; there are: ${Object.keys(steps).join(', ')}`);
  const [make, usual] = steps[variant];
  const batch = wanted ?? usual;
  const run = make(batch);
  const step = async () => {
    const losses = run();
    await losses.at(-1).data();
    tf.dispose(losses);
  };
  return { batch, step };
}

/** A whole training step. */
export async function* stepBench({ variant, batch: wanted, repeats = 9, profile }) {
  const { batch, step } = prepare(variant, wanted);
  const report = profile ? profileKernels() : undefined;
  const seconds = await median(step, { repeats, warmUp: repeats > 1 ? 3 : 0 });
  if (report !== undefined) console.error(report(repeats + 3));
  yield {
    text: `step ${variant} batch ${batch}  ${seconds.toFixed(3)} s  ${(batch / seconds).toFixed(1)} images/s`,
    variant,
    batch,
    secondsPerStep: seconds,
    imagesPerSecond: batch / seconds,
    ...tf.memory(),
  };
}
