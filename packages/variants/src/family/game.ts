import { type Augmentation, annealed, classic, diffAugment, instanceNoise } from '@ganjs/augmentations';
import type { Batch } from '@ganjs/datasets';
import { classification, featureMatching, flipLabels, modeSeeking } from '@ganjs/losses';
import { defineGame, type Game, type Move, type Round, type Setting } from '@ganjs/trainer';
import * as tf from '@tensorflow/tfjs';
import type { FamilyConfig } from './config.js';
import { adversarialLosses, penalties } from './objectives.js';
import { familyPlayers, numbered } from './players.js';
import { refuseImpossible } from './refusals.js';

/** Weight of the classifier's term in the loss of several generators: β of MGAN. */
const DIFFERENCE = 0.01;

/** Generated images and what they were made from. */
interface Fake {
  readonly images: tf.Tensor4D;
  readonly noise: tf.Tensor2D;
}

/** Whatever of a round the moves use. */
type FamilyRound = Pick<Round, 'play' | 'draw' | 'progress'>;

/**
 * The game of the family: D and G in turns, each with the chosen loss and techniques.
 *
 *     D:  adversarial loss of (scores of real, scores of fake)  [+ weight · penalty]  [+ classifier's cross-entropy]
 *     G:  adversarial loss of (scores of fake)  [+ feature matching]  [+ mode seeking]  [+ β classifier's cross-entropy]
 *
 * Both see images only after augmentation and instance noise; penalties are taken at the plain images.
 *
 * @param options.conditional whether both players are told the class labels of the real batch.
 * @throws ConfigError for a mix of choices that cannot work; ArchitectureError for an image size that does not fit.
 */
export function familyGame(
  variant: string,
  config: FamilyConfig,
  setting: Setting,
  { conditional = false } = {},
): Game<string, Batch> {
  refuseImpossible(variant, config, setting);
  const { latent, generators, discriminators } = config;
  const loss = adversarialLosses[config.loss](config);
  const judges = numbered('discriminator', discriminators);
  const painters = numbered('generator', generators);
  const told = ({ real }: Pick<Round, 'real'>) => (conditional ? [real.labels!] : []);

  const paint = ({ play }: FamilyRound, noise: tf.Tensor2D, labels: readonly tf.Tensor[]): tf.Tensor4D => {
    if (generators === 1) return play.generator!(noise, ...labels) as tf.Tensor4D;
    const shares = sharesOf(noise.shape[0], generators);
    const inputs = [noise, ...labels].map((input) => tf.split(input, shares));
    return tf.concat(
      painters.map((name, k) => play[name]!(...inputs.map((input) => input[k]!)) as tf.Tensor4D),
    );
  };
  const fakeOf = (round: FamilyRound, n: number, labels: readonly tf.Tensor[]): Fake => {
    const noise = round.draw.normal<tf.Rank.R2>([n, latent]);
    return { noise, images: paint(round, noise, labels) };
  };
  /** Scores, and the features that they come from. */
  const judge = (
    { play, draw, progress }: FamilyRound,
    name: string,
    images: tf.Tensor4D,
    labels: readonly tf.Tensor[],
    role: 'real' | 'fake',
  ) => {
    const shown = disguise(config, progress)(images, draw.stream.fold('shown', name, role));
    const [scores, features] = play[name]!.outputs(shown, ...labels);
    return { scores: scores!, features: features! };
  };
  /** The cross-entropy of the classifier that says which generator made an image. */
  const difference = ({ play }: FamilyRound, features: tf.Tensor) => {
    const shares = sharesOf(features.shape[0]!, generators);
    const makers = shares.flatMap((share, k) => new Array<number>(share).fill(k));
    return classification(play.classifier!(features), tf.tensor1d(makers, 'int32'));
  };

  const discriminatorMove = (name: string): Move => ({
    trains: generators > 1 ? [name, 'classifier'] : name,
    times: config.discriminatorSteps,
    loss(round) {
      const { real, n, play, draw } = round;
      const labels = told(round);
      const fake = fakeOf(round, n, labels);
      const onReal = judge(round, name, real.images, labels, 'real');
      const onFake = judge(round, name, fake.images, labels, 'fake');
      const seen =
        config.flipLabels > 0
          ? flipLabels(
              onReal.scores,
              onFake.scores,
              draw.stream.fold('flips', name).mask(n, config.flipLabels),
            )
          : { real: onReal.scores, fake: onFake.scores };
      const terms: Record<string, tf.Scalar> = { adversarial: loss.discriminator(seen.real, seen.fake) };
      if (config.penalty !== 'none') {
        const critic = (images: tf.Tensor) => play[name]!(images, ...labels);
        const penalty = penalties[config.penalty](critic, real.images, fake.images, draw);
        terms.penalty = penalty.mul(config.penaltyWeight);
      }
      if (generators > 1) terms.classifier = difference(round, onFake.features);
      return terms;
    },
  });

  const generatorMove: Move = {
    trains: painters,
    loss(round) {
      const { real, n } = round;
      const labels = told(round);
      const fake = fakeOf(round, n, labels);
      const opinions = judges.map((name) => {
        const onFake = judge(round, name, fake.images, labels, 'fake');
        const needsReal = loss.generatorNeedsReal || config.featureMatching > 0;
        const onReal = needsReal ? judge(round, name, real.images, labels, 'real') : undefined;
        return { onFake, onReal };
      });
      const terms: Record<string, tf.Scalar> = {
        adversarial: softMaximum(
          opinions.map(({ onFake, onReal }) => loss.generator(onFake.scores, onReal?.scores)),
        ),
      };
      if (config.featureMatching > 0) {
        const distances = opinions.map(({ onFake, onReal }) =>
          featureMatching(onReal!.features, onFake.features),
        );
        terms.featureMatching = tf.addN(distances).mul(config.featureMatching / judges.length);
      }
      if (config.modeSeeking > 0) {
        const other = fakeOf(round, n, labels);
        const sameness = modeSeeking(fake.images, other.images, fake.noise, other.noise);
        terms.modeSeeking = sameness.mul(config.modeSeeking);
      }
      if (generators > 1) terms.classifier = difference(round, opinions[0]!.onFake.features).mul(DIFFERENCE);
      return terms;
    },
  };

  return defineGame<string, Batch>({
    players: familyPlayers(config, setting, conditional ? setting.classes : 0),
    moves: [...judges.map(discriminatorMove), generatorMove],
    sample: ({ n, play, draw, given }) =>
      paint(
        { play, draw, progress: 1 },
        draw.normal<tf.Rank.R2>([n, latent]),
        conditional ? [given.labels as tf.Tensor] : [],
      ),
  });
}

/** How many images each of k generators makes of a batch. */
function sharesOf(n: number, k: number): number[] {
  return Array.from({ length: k }, (_, i) => Math.floor(((i + 1) * n) / k) - Math.floor((i * n) / k));
}

/** What happens to images before a discriminator sees them. */
function disguise(config: FamilyConfig, progress: number): Augmentation {
  const augmentation = { none: undefined, classic: classic(), diffaugment: diffAugment() }[config.augment];
  const deviation = annealed(config.instanceNoise, progress, 1);
  return (images, stream) => {
    const changed = augmentation ? augmentation(images, stream.fold('augment')) : images;
    return deviation > 0 ? instanceNoise(deviation)(changed, stream.fold('noise')) : changed;
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
