import { type Augmentation, annealed, classic, diffAugment, instanceNoise } from '@ganjs/augmentations';
import { gradientOf } from '@ganjs/autodiff';
import type { Batch } from '@ganjs/datasets';
import { classification, featureMatching, flipLabels, modeSeeking, zeroCentered } from '@ganjs/losses';
import {
  type BuildContext,
  defineGame,
  type Game,
  gaussianLatents,
  type Move,
  type StepContext,
} from '@ganjs/trainer';
import * as tf from '@tensorflow/tfjs';
import type { DcganConfig } from './config.js';
import { refuseConflicts } from './conflicts.js';
import { adversarialLosses, penalties } from './objectives.js';
import { dcganPlayers, numbered } from './players.js';

/** Weight of the classifier's term in the loss of several generators: β of MGAN. */
const CLASSIFIER_WEIGHT = 0.01;

/** Generated images and what they were made from. */
interface Fake {
  readonly images: tf.Tensor4D;
  readonly noise: tf.Tensor2D;
}

/** Logits of images, and the features that they come from. */
interface Scores {
  readonly logits: tf.Tensor;
  readonly features: tf.Tensor;
}

/** Of real images either the features, or the logits' gradient by the images, where the pass that scores them gives it. */
type RealScores = Pick<Scores, 'logits'> & Partial<Scores> & { readonly gradient?: tf.Tensor };

/** What the moves of the family use to make and to score images. */
type Context = Pick<StepContext, 'networks' | 'random' | 'progress'>;

/**
 * The game of the family: D and G, each with the chosen loss and techniques.
 *
 *     D:  adversarial loss of (scores of real, scores of fake)  [+ weight · penalty]  [+ classifier's cross-entropy]
 *     G:  adversarial loss of (scores of fake)  [+ feature matching]  [+ mode seeking]  [+ β classifier's cross-entropy]
 *
 * Both see images only after augmentation and instance noise; penalties are taken at the plain images. They move in
 * turns, each with new noise; or simultaneously, from one forward pass.
 *
 * @param options.conditional whether both players are told the class labels of the real batch.
 * @param options.batchNormMomentum the paper's, for configurations that name none.
 * @throws ConfigError for a mix of choices that cannot work; ArchitectureError for an image size that does not fit.
 */
export function dcganGame(
  variant: string,
  config: DcganConfig,
  context: BuildContext,
  { conditional = false, batchNormMomentum = 0.99 } = {},
): Game<string, Batch> {
  refuseConflicts(variant, config, context);
  const { latent, objective, penalty } = config;
  const loss = adversarialLosses[objective.loss](objective);
  const discriminators = numbered('discriminator', config.discriminator.count);
  const generators = numbered('generator', config.generator.count);
  const several = generators.length > 1;
  const needsReal = loss.generatorNeedsReal || objective.featureMatching > 0;
  const labelsOf = ({ labels }: Pick<Batch, 'labels'>) => (conditional ? [labels!] : []);

  /** Images of noise; several generators make a part of them each. */
  const generate = (
    { networks }: Pick<Context, 'networks'>,
    noise: tf.Tensor,
    labels: readonly tf.Tensor[],
  ): tf.Tensor4D => {
    if (!several) return networks.generator!(noise, ...labels) as tf.Tensor4D;
    const parts = partsOf(noise.shape[0]!, generators.length);
    const inputs = [noise, ...labels].map((input) => tf.split(input, parts));
    return tf.concat(
      generators.map((name, k) => networks[name]!(...inputs.map((input) => input[k]!)) as tf.Tensor4D),
    );
  };
  const fakeOf = (step: Context, n: number, labels: readonly tf.Tensor[]): Fake => {
    const noise = step.random.normal<tf.Rank.R2>([n, latent]);
    return { noise, images: generate(step, noise, labels) };
  };
  const score = (
    { networks, random, progress }: Context,
    name: string,
    images: tf.Tensor4D,
    labels: readonly tf.Tensor[],
    role: 'real' | 'fake',
  ): Scores => {
    const augmented = augment(config.augmentation, progress)(
      images,
      random.stream.fold('augmented', name, role),
    );
    const [logits, features] = networks[name]!.outputs(augmented, ...labels);
    return { logits: logits!, features: features! };
  };
  /** Lazy regularization (StyleGAN2, section 4.1): the steps between two penalties have none. */
  const penaltyIsDue = ({ step }: StepContext) => penalty.kind !== 'none' && step % penalty.every === 0;
  const penaltyWeight = penalty.kind === 'none' ? 0 : penalty.weight * penalty.every;
  /** R1 is taken of the pass that scores the real images, if these are seen as they are, and the score is all of it. */
  const r1OfScores =
    penalty.kind === 'r1' &&
    config.augmentation.policy === 'none' &&
    config.augmentation.instanceNoise === 0 &&
    objective.featureMatching === 0;
  const scoreReal = (step: StepContext, name: string, labels: readonly tf.Tensor[]): RealScores => {
    const { images } = step.real;
    if (!r1OfScores || !penaltyIsDue(step)) return score(step, name, images, labels, 'real');
    const { value, gradient } = gradientOf((x) => step.networks[name]!(x, ...labels))(images);
    return { logits: value, gradient };
  };
  /** The cross-entropy of the classifier that says which generator made an image. */
  const classifierLoss = ({ networks }: Context, features: tf.Tensor) => {
    const parts = partsOf(features.shape[0]!, generators.length);
    const generatorIds = parts.flatMap((part, k) => new Array<number>(part).fill(k));
    return classification(networks.classifier!(features), tf.tensor1d(generatorIds, 'int32'));
  };

  const discriminatorTerms = (
    step: StepContext,
    name: string,
    fake: Fake,
    onReal: RealScores,
    onFake: Scores,
  ): Record<string, tf.Scalar> => {
    const { real, n, networks, random } = step;
    const labels = labelsOf(real);
    const seen =
      objective.flipLabels > 0
        ? flipLabels(
            onReal.logits,
            onFake.logits,
            random.stream.fold('flips', name).mask(n, objective.flipLabels),
          )
        : { real: onReal.logits, fake: onFake.logits };
    const terms: Record<string, tf.Scalar> = { adversarial: loss.discriminator(seen.real, seen.fake) };
    if (onReal.gradient) {
      terms.penalty = zeroCentered(onReal.gradient).mul(penaltyWeight);
    } else if (penalty.kind !== 'none' && penaltyIsDue(step)) {
      const critic = (images: tf.Tensor) => networks[name]!(images, ...labels);
      const value = penalties[penalty.kind](critic, real.images, fake.images, random);
      terms.penalty = value.mul(penaltyWeight);
    }
    if (several) terms.classifier = classifierLoss(step, onFake.features);
    return terms;
  };
  const generatorTerms = (
    step: StepContext,
    fake: Fake,
    scores: readonly { readonly onFake: Scores; readonly onReal: RealScores | undefined }[],
  ): Record<string, tf.Scalar> => {
    const { real, n } = step;
    const terms: Record<string, tf.Scalar> = {
      adversarial: softMaximum(
        scores.map(({ onFake, onReal }) => loss.generator(onFake.logits, onReal?.logits)),
      ),
    };
    if (objective.featureMatching > 0) {
      const distances = scores.map(({ onFake, onReal }) =>
        featureMatching(onReal!.features!, onFake.features),
      );
      terms.featureMatching = tf.addN(distances).mul(objective.featureMatching / scores.length);
    }
    if (objective.modeSeeking > 0) {
      const other = fakeOf(step, n, labelsOf(real));
      const diversity = modeSeeking(fake.images, other.images, fake.noise, other.noise);
      terms.modeSeeking = diversity.mul(objective.modeSeeking);
    }
    if (several) {
      terms.classifier = classifierLoss(step, scores[0]!.onFake.features).mul(CLASSIFIER_WEIGHT);
    }
    return terms;
  };

  const discriminatorMove = (name: string): Move => ({
    trains: several ? [name, 'classifier'] : name,
    times: config.discriminator.steps,
    loss(step) {
      const { real, n } = step;
      const labels = labelsOf(real);
      const fake = fakeOf(step, n, labels);
      const onReal = scoreReal(step, name, labels);
      const onFake = score(step, name, fake.images, labels, 'fake');
      return discriminatorTerms(step, name, fake, onReal, onFake);
    },
  });
  const generatorMove: Move = {
    trains: generators,
    loss(step) {
      const { real, n } = step;
      const labels = labelsOf(real);
      const fake = fakeOf(step, n, labels);
      const scores = discriminators.map((name) => ({
        onFake: score(step, name, fake.images, labels, 'fake'),
        onReal: needsReal ? score(step, name, real.images, labels, 'real') : undefined,
      }));
      return generatorTerms(step, fake, scores);
    },
  };
  const simultaneousMove: Move = {
    trains: ['discriminator', 'generator'],
    losses(step) {
      const { real, n } = step;
      const labels = labelsOf(real);
      const fake = fakeOf(step, n, labels);
      const onReal = scoreReal(step, 'discriminator', labels);
      const onFake = score(step, 'discriminator', fake.images, labels, 'fake');
      return {
        discriminator: discriminatorTerms(step, 'discriminator', fake, onReal, onFake),
        generator: generatorTerms(step, fake, [{ onFake, onReal }]),
      };
    },
  };

  return defineGame<string, Batch>({
    players: dcganPlayers(config, context, { classes: conditional ? context.classes : 0, batchNormMomentum }),
    moves:
      config.updates === 'simultaneous'
        ? [simultaneousMove]
        : [...discriminators.map(discriminatorMove), generatorMove],
    latents: {
      ...gaussianLatents(latent),
      synthesize: (noise, { networks, condition }) => generate({ networks }, noise, labelsOf(condition)),
    },
  });
}

/** How many of n images each of k generators makes. */
function partsOf(n: number, k: number): number[] {
  return Array.from({ length: k }, (_, i) => Math.floor(((i + 1) * n) / k) - Math.floor((i * n) / k));
}

/** What happens to images before a discriminator sees them. */
function augment(settings: DcganConfig['augmentation'], progress: number): Augmentation {
  const policy = { none: undefined, classic: classic(), diffaugment: diffAugment() }[settings.policy];
  const stddev = annealed(settings.instanceNoise, progress, 1);
  return (images, stream) => {
    const changed = policy ? policy(images, stream.fold('augment')) : images;
    return stddev > 0 ? instanceNoise(stddev)(changed, stream.fold('noise')) : changed;
  };
}

/**
 * The soft maximum of GMAN with λ = 1: Σ wᵢ Lᵢ, w = softmax(L). Of one loss, the loss.
 *
 * Durugkar, Gemp, Mahadevan, "Generative Multi-Adversarial Networks" (2017), section 4.
 */
function softMaximum(losses: readonly tf.Scalar[]): tf.Scalar {
  if (losses.length === 1) return losses[0]!;
  const stacked = tf.stack([...losses]) as tf.Tensor1D;
  return tf.sum<tf.Scalar>(tf.mul(tf.softmax(stacked), stacked));
}
