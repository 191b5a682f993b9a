export {
  type Batch,
  type BatchOptions,
  type Dataset,
  type DatasetInfo,
  disposeBatch,
  type ImageShape,
} from './dataset.js';
export { type BatchRequest, batchesPerEpoch, epochBatches } from './epoch.js';
export { DatasetError, type DatasetProblem } from './error.js';
export { type ArraysOptions, fromArrays } from './fromArrays.js';
export { fromIdx, type Idx, type IdxOptions, readIdx } from './idx.js';
export { prefetch } from './prefetch.js';
