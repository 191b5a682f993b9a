export { OptionError, ShapeError } from '@ganjs/errors';
export type { AdversarialLoss, PerSampleLoss } from './adversarial/adversarialLoss.js';
export { type BoundaryEquilibriumLoss, boundaryEquilibrium } from './adversarial/boundaryEquilibrium.js';
export type { LabelTargets } from './adversarial/crossEntropy.js';
export { energyBased } from './adversarial/energyBased.js';
export { flipLabels } from './adversarial/flipLabels.js';
export { hinge } from './adversarial/hinge.js';
export { type LeastSquaresTargets, leastSquares } from './adversarial/leastSquares.js';
export { minimax } from './adversarial/minimax.js';
export { nonSaturating } from './adversarial/nonSaturating.js';
export { type RelativisticLoss, relativistic } from './adversarial/relativistic.js';
export { relativisticAverage } from './adversarial/relativisticAverage.js';
export { wasserstein } from './adversarial/wasserstein.js';
export { classification } from './auxiliary/classification.js';
export { contextual } from './auxiliary/contextual.js';
export { cosineGuidance, sphericalGuidance } from './auxiliary/cosineGuidance.js';
export { cycleConsistency, identityMapping } from './auxiliary/cycleConsistency.js';
export {
  type MatchingOptions,
  sentenceMatching,
  type WordMatchingOptions,
  wordMatching,
} from './auxiliary/damsm.js';
export { charbonnier, l1, l2 } from './auxiliary/distances.js';
export { featureMatching, multiScaleFeatureMatching } from './auxiliary/featureMatching.js';
export { gaussianKl } from './auxiliary/gaussianKl.js';
export {
  categoricalInformation,
  type GaussianInformationOptions,
  gaussianInformation,
} from './auxiliary/mutualInformation.js';
export {
  type FeatureExtractor,
  gram,
  type PerceptualOptions,
  perceptual,
  style,
} from './auxiliary/perceptual.js';
export { projection } from './auxiliary/projection.js';
export { totalVariation } from './auxiliary/totalVariation.js';
export { MissingInputError } from './errors.js';
export type { Reduced, Reduction } from './reduction.js';
export { clipSpectralNorm, clipWeights } from './regularizers/clipping.js';
export { consistency } from './regularizers/consistency.js';
export type { Critic } from './regularizers/critic.js';
export { diversitySensitive } from './regularizers/diversitySensitive.js';
export { dragan } from './regularizers/dragan.js';
export { globalNorm } from './regularizers/globalNorm.js';
export {
  drift,
  gradientPenalty,
  interpolate,
  oneSidedGradientPenalty,
} from './regularizers/gradientPenalty.js';
export { historicalAveraging, nextHistoricalMeans } from './regularizers/historicalAveraging.js';
export { latentConsistency } from './regularizers/latentConsistency.js';
export { type AdamRates, lazy, lazyAdamRates } from './regularizers/lazy.js';
export { type LecamAnchors, lecam, nextLecamAnchors } from './regularizers/lecam.js';
export { modeSeeking } from './regularizers/modeSeeking.js';
export { orthogonal, relaxedOrthogonal } from './regularizers/orthogonal.js';
export { type PathLength, pathLength } from './regularizers/pathLength.js';
export { pullingAway } from './regularizers/pullingAway.js';
export { r1, r2, zeroCentered } from './regularizers/r1.js';
export { type SpectralEstimate, spectralNorm } from './regularizers/spectralNorm.js';
