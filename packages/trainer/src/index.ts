export { OptionError } from '@ganjs/errors';
export { type BuildContext, buildContext } from './buildContext.js';
export { type Checkpoint, decodeCheckpoint, encodeCheckpoint, restoreGame } from './checkpoint.js';
export { type ConfigSetting, configSettings } from './configSettings.js';
export { CheckpointError, ConfigError, DivergenceError, GameError } from './errors.js';
export type { Images, Report, TrainEvent } from './events.js';
export type { FeatureNetwork } from './featureNetwork.js';
export {
  batchesPerStep,
  type Condition,
  defineGame,
  disposeGame,
  type Game,
  type JointMove,
  type Move,
  type Numbers,
  type Picture,
  type Player,
  type Rules,
  type SampleContext,
  type SimultaneousMove,
  type State,
  type StepContext,
  type Terms,
} from './game.js';
export { gaussianLatents, type Latents } from './latents.js';
export { mergeConfig } from './mergeConfig.js';
export type { Moment, Schedule, Scheduled } from './moment.js';
export type { Network, NetworkFunction } from './networks.js';
export { type AdamOptions, adam } from './optimizers/adam.js';
export type { Optimizer, OptimizerRun } from './optimizers/optimizer.js';
export { type RmsPropOptions, rmsProp } from './optimizers/rmsProp.js';
export { type SgdOptions, sgd } from './optimizers/sgd.js';
export { parseConfig } from './parseConfig.js';
export type { Position } from './position.js';
export type { Random } from './random.js';
export type { StoredTensor } from './safetensors.js';
export {
  type LatentOptions,
  type LatentVectors,
  renderPicture,
  type SampleOptions,
  sample,
  sampleContext,
  sampleLatents,
  synthesize,
} from './sample.js';
export { emaHalfLife, emaWarmUp, linearDecay } from './schedules.js';
export { classesOf, type Task, type TaskBatches, type TaskDescription, tasks } from './tasks.js';
export { stepsPerEpoch, type TrainOptions, train } from './train.js';
export {
  defineVariant,
  isVariant,
  type Paper,
  type Preset,
  type TrainingDefaults,
  type Variant,
} from './variant.js';
export { type Defaults, withDefaults } from './withDefaults.js';
