export { AdaIN, type AdaINConfig, adaIN } from './adaIN.js';
export {
  AmbientGlorotUniform,
  AmbientNormal,
  AmbientUniform,
  ambientGlorotUniform,
  ambientNormal,
  ambientUniform,
} from './ambientInitializers.js';
export {
  ConditionalBatchNorm,
  type ConditionalBatchNormConfig,
  conditionalBatchNorm,
} from './conditionalBatchNorm.js';
export { ConstantInput, type ConstantInputConfig, constantInput } from './constantInput.js';
export { applyConstraint, type Constraint } from './constraint.js';
export { Dropout, type DropoutConfig, dropout } from './dropout.js';
export { EmaMagnitude, type EmaMagnitudeConfig, emaMagnitude } from './emaMagnitude.js';
export type { EqualizedConfig } from './equalized.js';
export {
  type ConvolutionConfig,
  EqualizedConv2d,
  type EqualizedConv2dConfig,
  equalizedConv2d,
} from './equalizedConv2d.js';
export { EqualizedDense, type EqualizedDenseConfig, equalizedDense } from './equalizedDense.js';
export { LayerConfigError, LayerShapeError, LayerStateError } from './errors.js';
export { ExponentialMovingAverage } from './exponentialMovingAverage.js';
export { FilteredLeakyRelu, type FilteredLeakyReluConfig, filteredLeakyRelu } from './filteredLeakyRelu.js';
export { FirResample, type FirResampleConfig, firResample } from './firResample.js';
export { FourierFeatures, type FourierFeaturesConfig, fourierFeatures } from './fourierFeatures.js';
export { GaussianNoise, type GaussianNoiseConfig, gaussianNoise } from './gaussianNoise.js';
export { GroupNorm, type GroupNormConfig, groupNorm } from './groupNorm.js';
export type { Initializer, InitializerConfig } from './initializer.js';
export { InstanceNorm, instanceNorm } from './instanceNorm.js';
export { LabelEmbedding, type LabelEmbeddingConfig, labelEmbedding } from './labelEmbedding.js';
export { GanLayer, type LayerConfig } from './layer.js';
export { MaxNorm, maxNorm } from './maxNorm.js';
export {
  MinibatchDiscrimination,
  type MinibatchDiscriminationConfig,
  minibatchDiscrimination,
} from './minibatchDiscrimination.js';
export { MinibatchStdDev, type MinibatchStdDevConfig, minibatchStdDev } from './minibatchStdDev.js';
export { ModulatedConv2d, type ModulatedConv2dConfig, modulatedConv2d } from './modulatedConv2d.js';
export {
  NearestUpsampling2d,
  type NearestUpsampling2dConfig,
  nearestUpsampling2d,
} from './nearestUpsampling2d.js';
export type { NestedLayer } from './nested.js';
export { NoiseInjection, type NoiseInjectionConfig, noiseInjection } from './noiseInjection.js';
export * as ops from './ops/index.js';
export { PixelNorm, type PixelNormConfig, pixelNorm } from './pixelNorm.js';
export { PixelShuffle, type PixelShuffleConfig, pixelShuffle } from './pixelShuffle.js';
export { Projection, type ProjectionConfig, projection } from './projection.js';
export {
  ReflectionPadding2d,
  type ReflectionPadding2dConfig,
  reflectionPadding2d,
} from './reflectionPadding2d.js';
export { ResidualBlock, type ResidualBlockConfig, residualBlock } from './residualBlock.js';
export type { AffineConfig } from './sampleNorm.js';
export { SelfAttention, type SelfAttentionConfig, selfAttention } from './selfAttention.js';
export { SpectralNorm, type SpectralNormConfig, spectralNorm } from './spectralNorm.js';
export type { UnetBlockConfig } from './unetBlock.js';
export { UnetDown, type UnetDownConfig, unetDown } from './unetDown.js';
export { UnetUp, type UnetUpConfig, unetUp } from './unetUp.js';
export { VirtualBatchNorm, type VirtualBatchNormConfig, virtualBatchNorm } from './virtualBatchNorm.js';
export { WeightClip, weightClip } from './weightClip.js';
