export { type ClassifierMetrics, classifierMetrics, inceptionScore } from './classifierMetrics.ts';
export { MetricError, NonFiniteError, OptionError, ShapeError } from './errors.ts';
export { frechetDistance, frechetDistanceOfFeatures } from './frechet.ts';
export { type Gaussian, GaussianStatistics } from './gaussianStatistics.ts';
export { kernelDistance, type Permutations, polynomialMmd } from './kernelDistance.ts';
export { densityCoverage, precisionRecall } from './manifold.ts';
export { type Rows, rows } from './rows.ts';
export { type ImageOptions, msSsim, psnr, ssim } from './similarity.ts';
