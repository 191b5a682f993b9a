export { type DcganDiscriminatorOptions, dcganDiscriminator } from './dcganDiscriminator.js';
export { type DcganGeneratorOptions, dcganGenerator } from './dcganGenerator.js';
export {
  type DenseDiscriminatorOptions,
  type DenseGeneratorOptions,
  denseDiscriminator,
  denseGenerator,
} from './dense.js';
export { ArchitectureError } from './errors.js';
export type { ImageShape } from './image.js';
export type { Initialization } from './initialization.js';
export type { DiscriminatorNorm, JudgeOptions } from './judge.js';
export {
  type MaxoutDiscriminatorOptions,
  type MlpGeneratorOptions,
  maxoutDiscriminator,
  mlpGenerator,
} from './mlp.js';
export type { Normalization } from './normalization.js';
export { type PatchDiscriminatorOptions, patchDiscriminator, patchReceptiveField } from './patchGan.js';
export { type ResnetGeneratorOptions, resnetGenerator } from './resnetGenerator.js';
export { tapped } from './tapped.js';
export { type UnetGeneratorOptions, unetGenerator } from './unet.js';
