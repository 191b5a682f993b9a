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
export { type RecognitionNetworkOptions, recognitionNetwork } from './recognition.js';
export {
  type ResidualDiscriminatorOptions,
  type ResidualGeneratorOptions,
  residualDiscriminator,
  residualGenerator,
} from './residual.js';
export { type ResnetGeneratorOptions, resnetGenerator } from './resnetGenerator.js';
export {
  type SrganDiscriminatorOptions,
  type SrresnetOptions,
  srganDiscriminator,
  srresnet,
} from './srgan.js';
export { tapped } from './tapped.js';
export {
  type TextToImageDiscriminatorOptions,
  type TextToImageGeneratorOptions,
  type TextToImageOptions,
  textToImageDiscriminator,
  textToImageGenerator,
} from './textToImage.js';
export { type UnetGeneratorOptions, unetGenerator } from './unet.js';
export { type VaeDecoderOptions, type VaeEncoderOptions, vaeDecoder, vaeEncoder } from './vae.js';
