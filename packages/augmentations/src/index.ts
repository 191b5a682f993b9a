export { NonFiniteError, OptionError, ShapeError } from '@ganjs/errors';
export { type AdaCategory, type AdaOptions, ada } from './ada/ada.js';
export { type AdaptOptions, adaptProbability, overfitting } from './ada/adaptProbability.js';
export { type Augmentation, compose } from './augmentation.js';
export { type ClassicOptions, classic } from './classic.js';
export { type DiffAugmentPolicy, diffAugment } from './diffAugment/diffAugment.js';
export { UnknownAugmentationError } from './errors.js';
export { annealed, instanceNoise } from './instanceNoise.js';
