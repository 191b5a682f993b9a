export { Dropout, type DropoutConfig, dropout } from './dropout.js';
export { LayerConfigError, LayerShapeError } from './errors.js';
export { GaussianNoise, type GaussianNoiseConfig, gaussianNoise } from './gaussianNoise.js';
export { GanLayer, type LayerConfig } from './layer.js';
