import * as tf from '@tensorflow/tfjs';
import type { Evaluate, Named } from '../../../tools/reference/losses/recorded.ts';
import * as losses from '../src/index.js';
import { critics, features, synthesize } from './critics.js';

type Options = Parameters<Evaluate>[1];

const adversarial = (make: (options: Options) => losses.AdversarialLoss) => ({
  discriminator: ((x, o) => make(o).discriminator(x.real!, x.fake!)) as Evaluate,
  generator: ((x, o) => make(o).generator(x.fake!, x.real)) as Evaluate,
});

const objectives: Record<string, (options: Options) => losses.AdversarialLoss> = {
  minimax: losses.minimax,
  nonSaturating: losses.nonSaturating,
  leastSquares: losses.leastSquares,
  wasserstein: () => losses.wasserstein,
  hinge: () => losses.hinge,
  energyBased: losses.energyBased,
  'relativistic(nonSaturating)': () => losses.relativistic(losses.nonSaturating()),
  'relativistic(hinge)': () => losses.relativistic(losses.hinge),
  'relativistic(leastSquares)': (o) => losses.relativistic(losses.leastSquares(o)),
  'relativisticAverage(nonSaturating)': () => losses.relativisticAverage(losses.nonSaturating()),
  'relativisticAverage(hinge)': () => losses.relativisticAverage(losses.hinge),
  'relativisticAverage(leastSquares)': (o) => losses.relativisticAverage(losses.leastSquares(o)),
};

const penalty =
  (f: (critic: losses.Critic, x: Named) => tf.Tensor): Evaluate =>
  (x, { critic }) =>
    f((images) => critics[critic]!(images, x), x);

const classes = (options: Options) =>
  options.classes ? { ...options, classes: tf.tensor1d(options.classes, 'int32') } : options;

const list = (x: Named, prefix: string) =>
  Object.keys(x)
    .filter((name) => name.startsWith(prefix))
    .map((name) => x[name]!);

const scales = (x: Named, kind: string) => {
  const count = new Set(Object.keys(x).map((name) => name.replace(/^[a-z]+|_.*/g, ''))).size;
  return Array.from({ length: count }, (_, s) => list(x, `${kind}${s}_`));
};

const join = (...tensors: tf.Tensor[]) => tf.concat(tensors.map((t) => tf.reshape(t, [-1])));

/** How each recorded function is called here: the same names as in tools/reference/losses. */
export const functions: Record<string, Evaluate> = {
  ...Object.fromEntries(
    Object.entries(objectives).flatMap(([name, make]) =>
      Object.entries(adversarial(make)).map(([side, f]) => [`${name}.${side}`, f]),
    ),
  ),
  'boundaryEquilibrium.discriminator': (x, { k }) =>
    losses.boundaryEquilibrium().discriminator(x.real!, x.fake!, k),
  'boundaryEquilibrium.generator': (x) => losses.boundaryEquilibrium().generator(x.fake!),
  'boundaryEquilibrium.nextK': (x, { k, ...o }) =>
    losses.boundaryEquilibrium(o).nextK(tf.scalar(k), x.real!, x.fake!),
  'boundaryEquilibrium.convergence': (x, o) => losses.boundaryEquilibrium(o).convergence(x.real!, x.fake!),
  flipLabels: (x) => {
    const { real, fake } = losses.flipLabels(x.real!, x.fake!, x.flips!);
    return tf.stack([real, fake]);
  },

  gradientPenalty: penalty((critic, x) => losses.gradientPenalty(critic, x.points!)),
  oneSidedGradientPenalty: penalty((critic, x) => losses.oneSidedGradientPenalty(critic, x.points!)),
  dragan: penalty((critic, x) => losses.dragan(critic, x.real!, x.noise!, x.weights!)),
  r1: penalty((critic, x) => losses.r1(critic, x.samples!)),
  r2: penalty((critic, x) => losses.r2(critic, x.samples!)),
  pathLength: (x, { mean, decay }) => {
    const path = losses.pathLength((styles) => synthesize(styles, x), x.styles!, x.noise!, mean, decay);
    return join(path.penalty, path.mean, path.lengths);
  },
  orthogonal: (x) => losses.orthogonal(x.kernel!),
  relaxedOrthogonal: (x) => losses.relaxedOrthogonal(x.kernel!),
  spectralNorm: (x, { iterations }) => {
    const { sigma, u } = losses.spectralNorm(x.kernel!, x.u!, iterations);
    return join(sigma, u);
  },
  clipWeights: (x, { limit }) => losses.clipWeights(x.kernel!, limit),
  clipSpectralNorm: (x, { limit }) => {
    const start = tf.ones([x.kernel!.shape[x.kernel!.rank - 1]!]);
    return losses.clipSpectralNorm(x.kernel!, losses.spectralNorm(x.kernel!, start, 200).sigma, limit);
  },
  drift: (x) => losses.drift(x.real!),
  interpolate: (x) => losses.interpolate(x.real!, x.fake!, x.weights!),
  consistency: (x) => losses.consistency(x.scores!, x.augmented!),
  'latentConsistency.discriminator': (x) => losses.latentConsistency.discriminator(x.scores!, x.augmented!),
  'latentConsistency.generator': (x) => losses.latentConsistency.generator(x.images!, x.perturbed!),
  lecam: (x, o) => losses.lecam(x.real!, x.fake!, { real: o.anchorReal, fake: o.anchorFake }),
  nextLecamAnchors: (x, o) => {
    const anchors = { real: tf.scalar(o.anchorReal), fake: tf.scalar(o.anchorFake) };
    const next = losses.nextLecamAnchors(anchors, x.real!, x.fake!, o.decay);
    return tf.stack([next.real, next.fake]);
  },
  modeSeeking: (x) => losses.modeSeeking(x.imagesA!, x.imagesB!, x.latentsA!, x.latentsB!),
  diversitySensitive: (x, o) =>
    losses.diversitySensitive(x.imagesA!, x.imagesB!, x.latentsA!, x.latentsB!, o),
  pullingAway: (x) => losses.pullingAway(x.codes!),
  historicalAveraging: (x) => losses.historicalAveraging(list(x, 'weight'), list(x, 'mean')),
  nextHistoricalMeans: (x, { t }) =>
    join(...losses.nextHistoricalMeans(list(x, 'mean'), list(x, 'weight'), t)),
  globalNorm: (x) => losses.globalNorm(list(x, 'g')),

  l1: (x) => losses.l1(x.prediction!, x.target!),
  l2: (x) => losses.l2(x.prediction!, x.target!),
  charbonnier: (x, { epsilon }) => losses.charbonnier(x.prediction!, x.target!, epsilon),
  cycleConsistency: (x) => losses.cycleConsistency(x.image!, x.cycled!),
  identityMapping: (x) => losses.identityMapping(x.image!, x.mapped!),
  totalVariation: (x) => losses.totalVariation(x.images!),
  perceptual: (x, o) =>
    losses.perceptual((i) => features(i, x), x.images as tf.Tensor4D, x.target as tf.Tensor4D, o),
  style: (x, o) => losses.style((i) => features(i, x), x.images as tf.Tensor4D, x.target as tf.Tensor4D, o),
  gram: ({ x }) => losses.gram(x!),
  featureMatching: (x) => losses.featureMatching(x.real!, x.fake!),
  multiScaleFeatureMatching: (x) => losses.multiScaleFeatureMatching(scales(x, 'real'), scales(x, 'fake')),
  contextual: (x, o) => losses.contextual(x.features!, x.target!, o),
  classification: (x) => losses.classification(x.logits!, x.labels!),
  categoricalInformation: (x) => losses.categoricalInformation(x.logits!, x.codes!),
  gaussianInformation: (x) =>
    losses.gaussianInformation(x.codes!, x.mean!, x.logVariance ? { logVariance: x.logVariance } : {}),
  gaussianKl: (x) => losses.gaussianKl(x.mean!, x.logVariance!),
  projection: (x) => losses.projection(x.unconditional!, x.features!, x.embedding!),
  cosineGuidance: (x) => losses.cosineGuidance(x.image!, x.text!),
  sphericalGuidance: (x) => losses.sphericalGuidance(x.image!, x.text!),
  wordMatching: (x, { lengths, ...o }) => {
    const t = x.words!.shape[1]!;
    const rows = lengths?.map((n: number) => Array.from({ length: t }, (_, i) => (i < n ? 1 : 0)));
    return losses.wordMatching(x.regions!, x.words!, {
      ...classes(o),
      ...(rows ? { mask: tf.tensor2d(rows) } : {}),
    });
  },
  sentenceMatching: (x, o) => losses.sentenceMatching(x.images!, x.sentences!, classes(o)),
};
