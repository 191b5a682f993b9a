export type { ImageShape } from '@ganjs/datasets';
export { type CycleganGeneratorOptions, cycleganGenerator } from './cycleganGenerator.js';
export { type DcganDiscriminatorOptions, dcganDiscriminator } from './dcganDiscriminator.js';
export { type DcganGeneratorOptions, dcganGenerator } from './dcganGenerator.js';
export type { DiscriminatorNorm, DiscriminatorOptions } from './discriminatorOptions.js';
export { ArchitectureError } from './errors.js';
export type { Initialization } from './initialization.js';
export {
  type MaxoutDiscriminatorOptions,
  type MaxoutGanGeneratorOptions,
  maxoutDiscriminator,
  maxoutGanGenerator,
} from './maxoutGan.js';
export {
  type MlpDiscriminatorOptions,
  type MlpGeneratorOptions,
  mlpDiscriminator,
  mlpGenerator,
} from './mlp.js';
export type { BatchNormOptions, NetworkOptions, NoiseOptions } from './networkOptions.js';
export type { Norm } from './norm.js';
export { type PatchDiscriminatorOptions, patchDiscriminator, patchReceptiveField } from './patchGan.js';
export { type RecognitionNetworkOptions, recognitionNetwork } from './recognition.js';
export {
  type ResnetDiscriminatorOptions,
  type ResnetGeneratorOptions,
  resnetDiscriminator,
  resnetGenerator,
} from './resnet.js';
export {
  type SrganDiscriminatorOptions,
  type SrresnetOptions,
  srganDiscriminator,
  srresnet,
} from './srgan.js';
export {
  type TextToImageDiscriminatorOptions,
  type TextToImageGeneratorOptions,
  type TextToImageOptions,
  textToImageDiscriminator,
  textToImageGenerator,
} from './textToImage.js';
export { type UnetGeneratorOptions, unetGenerator } from './unet.js';
export { type VaeDecoderOptions, type VaeEncoderOptions, vaeDecoder, vaeEncoder } from './vae.js';
export { withFeatures } from './withFeatures.js';
