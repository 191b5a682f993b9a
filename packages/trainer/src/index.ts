export { type Checkpoint, decodeCheckpoint, encodeCheckpoint, restoreNetworks } from './checkpoint.js';
export type { Draw } from './draw.js';
export { CheckpointError, ConfigError, DivergenceError, GameError } from './errors.js';
export type { Images, TrainEvent } from './events.js';
export {
  batchesPerStep,
  defineGame,
  disposeGame,
  type Game,
  type Given,
  type Moment,
  type Move,
  type Picture,
  type Play,
  type Player,
  type Round,
  type SampleRound,
} from './game.js';
export { type AdamOptions, adam } from './optimizers/adam.js';
export { type LearningRate, linearDecay } from './optimizers/learningRate.js';
export type { Optimizer, OptimizerRun } from './optimizers/optimizer.js';
export { type RmsPropOptions, rmsProp } from './optimizers/rmsProp.js';
export { type SgdOptions, sgd } from './optimizers/sgd.js';
export type { StoredTensor } from './safetensors.js';
export { drawPicture, type SampleOptions, sample } from './sample.js';
export { type TrainOptions, train } from './train.js';
export {
  type AnyInfo,
  defineVariant,
  type EmbeddedBatch,
  isVariant,
  type LabelledBatch,
  type Paper,
  type Preset,
  type Setting,
  type Task,
  type TaskBatches,
  type TaskDescription,
  type TrainingDefaults,
  tasks,
  type Variant,
} from './variant.js';
