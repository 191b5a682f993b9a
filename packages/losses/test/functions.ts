import * as tf from '@tensorflow/tfjs';
import type { Evaluate, Named } from '../../../tools/reference/losses/recorded.js';
import * as losses from '../src/index.js';
import { critics, features, synthesize } from './critics.js';

type Options = Parameters<Evaluate>[1];

const adversarial = (make: (options: Options) => losses.PerSampleLoss) => ({
  discriminator: ((x, o) => make(o).discriminator(x.real!, x.fake!, o.reduction)) as Evaluate,
  generator: ((x, o) => make(o).generator(x.fake!, x.real, o.reduction)) as Evaluate,
});

const objectives: Record<string, (options: Options) => losses.PerSampleLoss> = {
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
  (f: (critic: losses.Critic, x: Named, reduction?: losses.Reduction) => tf.Tensor): Evaluate =>
  (x, { critic, reduction }) =>
    f((images) => critics[critic]!(images, x), x, reduction);

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
  'boundaryEquilibrium.discriminator': (x, { k, reduction }) =>
    losses.boundaryEquilibrium().discriminator(x.real!, x.fake!, k, reduction),
  'boundaryEquilibrium.generator': (x, o) => losses.boundaryEquilibrium().generator(x.fake!, o.reduction),
  'boundaryEquilibrium.nextK': (x, { k, ...o }) =>
    losses.boundaryEquilibrium(o).nextK(tf.scalar(k), x.real!, x.fake!),
  'boundaryEquilibrium.convergence': (x, o) => losses.boundaryEquilibrium(o).convergence(x.real!, x.fake!),
  flipLabels: (x) => {
    const { real, fake } = losses.flipLabels(x.real!, x.fake!, x.flips!);
    return tf.stack([real, fake]);
  },

  gradientPenalty: penalty((critic, x, r) => losses.gradientPenalty(critic, x.points!, r)),
  oneSidedGradientPenalty: penalty((critic, x, r) => losses.oneSidedGradientPenalty(critic, x.points!, r)),
  dragan: penalty((critic, x, r) => losses.dragan(critic, x.real!, x.noise!, x.weights!, r)),
  r1: penalty((critic, x, r) => losses.r1(critic, x.samples!, r)),
  r2: penalty((critic, x, r) => losses.r2(critic, x.samples!, r)),
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
  zeroCentered: (x, o) => losses.zeroCentered(x.gradient!, o.reduction),
  drift: (x, o) => losses.drift(x.real!, o.reduction),
  interpolate: (x) => losses.interpolate(x.real!, x.fake!, x.weights!),
  consistency: (x, o) => losses.consistency(x.scores!, x.augmented!, o.reduction),
  'latentConsistency.discriminator': (x, o) =>
    losses.latentConsistency.discriminator(x.scores!, x.augmented!, o.reduction),
  'latentConsistency.generator': (x, o) =>
    losses.latentConsistency.generator(x.images!, x.perturbed!, o.reduction),
  lecam: (x, o) => losses.lecam(x.real!, x.fake!, { real: o.anchorReal, fake: o.anchorFake }),
  nextLecamAnchors: (x, o) => {
    const anchors = { real: tf.scalar(o.anchorReal), fake: tf.scalar(o.anchorFake) };
    const next = losses.nextLecamAnchors(anchors, x.real!, x.fake!, o.decay);
    return tf.stack([next.real, next.fake]);
  },
  modeSeeking: (x) => losses.modeSeeking(x.imagesA!, x.imagesB!, x.latentsA!, x.latentsB!),
  diversitySensitive: (x, o) =>
    losses.diversitySensitive(x.imagesA!, x.imagesB!, x.latentsA!, x.latentsB!, o, o.reduction),
  pullingAway: (x) => losses.pullingAway(x.codes!),
  historicalAveraging: (x) => losses.historicalAveraging(list(x, 'weight'), list(x, 'mean')),
  nextHistoricalMeans: (x, { t }) =>
    join(...losses.nextHistoricalMeans(list(x, 'mean'), list(x, 'weight'), t)),
  globalNorm: (x) => losses.globalNorm(list(x, 'g')),

  l1: (x, o) => losses.l1(x.prediction!, x.target!, o.reduction),
  l2: (x, o) => losses.l2(x.prediction!, x.target!, o.reduction),
  charbonnier: (x, { epsilon, reduction }) =>
    losses.charbonnier(x.prediction!, x.target!, epsilon, reduction),
  cycleConsistency: (x, o) => losses.cycleConsistency(x.image!, x.cycled!, o.reduction),
  identityMapping: (x, o) => losses.identityMapping(x.image!, x.mapped!, o.reduction),
  totalVariation: (x, o) => losses.totalVariation(x.images!, o.reduction),
  perceptual: (x, o) =>
    losses.perceptual(
      (i) => features(i, x),
      x.images as tf.Tensor4D,
      x.target as tf.Tensor4D,
      o,
      o.reduction,
    ),
  style: (x, o) =>
    losses.style((i) => features(i, x), x.images as tf.Tensor4D, x.target as tf.Tensor4D, o, o.reduction),
  gram: ({ x }) => losses.gram(x!),
  featureMatching: (x) => losses.featureMatching(x.real!, x.fake!),
  multiScaleFeatureMatching: (x, o) =>
    losses.multiScaleFeatureMatching(scales(x, 'real'), scales(x, 'fake'), o.reduction),
  contextual: (x, o) => losses.contextual(x.features!, x.target!, o, o.reduction),
  classification: (x, o) => losses.classification(x.logits!, x.labels!, o.reduction),
  categoricalInformation: (x, o) => losses.categoricalInformation(x.logits!, x.codes!, o.reduction),
  gaussianInformation: (x, o) =>
    losses.gaussianInformation(
      x.codes!,
      x.mean!,
      x.logVariance ? { logVariance: x.logVariance } : {},
      o.reduction,
    ),
  gaussianKl: (x, o) => losses.gaussianKl(x.mean!, x.logVariance!, o.reduction),
  projection: (x) => losses.projection(x.unconditional!, x.features!, x.embedding!),
  cosineGuidance: (x, o) => losses.cosineGuidance(x.image!, x.text!, o.reduction),
  sphericalGuidance: (x, o) => losses.sphericalGuidance(x.image!, x.text!, o.reduction),
  wordMatching: (x, { lengths, ...o }) => {
    const t = x.words!.shape[1]!;
    const rows = lengths?.map((n: number) => Array.from({ length: t }, (_, i) => (i < n ? 1 : 0)));
    const options = { ...classes(o), ...(rows ? { mask: tf.tensor2d(rows) } : {}) };
    return losses.wordMatching(x.regions!, x.words!, options, o.reduction);
  },
  sentenceMatching: (x, o) => losses.sentenceMatching(x.images!, x.sentences!, classes(o), o.reduction),
};
