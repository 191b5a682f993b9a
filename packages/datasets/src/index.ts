export type { Batch, BatchOptions, Dataset, DatasetInfo, ImageShape } from './dataset.js';
