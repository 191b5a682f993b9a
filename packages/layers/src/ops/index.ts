export { detached } from './detached.js';
export { type FilteredLeakyReluOptions, filteredLeakyRelu } from './filteredLeakyRelu.js';
export { type LowpassOptions, lowpassFilter, radialLowpassFilter } from './lowpassFilter.js';
export { type MinibatchStdDevOptions, minibatchStdDev } from './minibatchStdDev.js';
export { type ModulatedConvOptions, modulatedConv2d } from './modulatedConv2d.js';
export { averagePooling2d, nearestUpsampling2d } from './nearestUpsampling2d.js';
export { normalize } from './normalize.js';
export { type PixelShuffleOrder, pixelShuffle, pixelUnshuffle } from './pixelShuffle.js';
export { type Padding2d, reflectionPadding2d } from './reflectionPadding2d.js';
export { type Resample, type ResampledConvOptions, resampledConv2d } from './resampledConv2d.js';
export {
  downsamplePadding,
  type FirFilter,
  normalizeFilter,
  type UpfirdnOptions,
  upfirdn2d,
  upsamplePadding,
} from './upfirdn2d.js';
