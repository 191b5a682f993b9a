export {
  type DcganDiscriminatorOptions,
  type DcganGeneratorOptions,
  dcganDiscriminator,
  dcganGenerator,
} from './dcgan.js';
export { ArchitectureError } from './errors.js';
export type { ImageShape } from './image.js';
export type { Initialization } from './initialization.js';
export {
  type MaxoutDiscriminatorOptions,
  type MlpGeneratorOptions,
  maxoutDiscriminator,
  mlpGenerator,
} from './mlp.js';
export { tapped } from './tapped.js';
