export { resizeBicubic } from './bicubic.js';
export type { Bytes } from './bytes.js';
export {
  type CaptionedBatch,
  type CaptionedDataset,
  type CaptionedInfo,
  type CaptionedOptions,
  captionedDataset,
} from './captioned.js';
export { type CifarOptions, fromCifar } from './cifar.js';
export {
  type Batch,
  type BatchOptions,
  type Dataset,
  type DatasetInfo,
  disposeBatch,
  type ImageShape,
} from './dataset.js';
export {
  type EmbeddedBatch,
  type EmbeddedDataset,
  type EmbeddedInfo,
  embedCaptions,
  embedTexts,
  type TextEncoder,
} from './embedded.js';
export { type BatchRequest, batchesPerEpoch, epochBatches } from './epoch.js';
export { DataRequestError, DatasetError, type DatasetProblem } from './errors.js';
export { firstRows } from './firstRows.js';
export { fromIdx, type Idx, type IdxOptions, readIdx } from './idx.js';
export { type ArraysOptions, fromArrays, imageDataset, type LabelledImages } from './imageDataset.js';
export { browserFiles, urlFiles } from './imageFiles/browserFiles.js';
export type { DecodeImage, ImageFile, ImageForm, Region } from './imageFiles/decode.js';
export { decodeInBrowser } from './imageFiles/decodeInBrowser.js';
export {
  fromCaptionedFiles,
  fromImageFiles,
  fromPairedFiles,
  fromSideBySideFiles,
  fromUnpairedFiles,
  type ImageFilesOptions,
  type Loaded,
  type LoadReport,
  type PairedFilesOptions,
} from './imageFiles/fromImageFiles.js';
export type { LoadOptions, SkippedFile } from './imageFiles/loadSamples.js';
export { type ImageStore, memoryStore } from './imageStore.js';
export {
  type AnyDatasetInfo,
  asKind,
  contentsOf,
  type DataKind,
  type DataKindDescription,
  dataKinds,
  type KindBatches,
  type LabelledBatch,
  RESOLUTION_FACTOR,
  shapeText,
} from './kinds.js';
export {
  gaussianGrid,
  gaussianRing,
  gaussianSpiral,
  type MixtureOptions,
  mixture,
  type Point2D,
  type PointBatch,
  type PointDataset,
  type PointInfo,
} from './mixture.js';
export { prefetch } from './prefetch.js';
export { superResolution } from './superResolution.js';
export {
  pairedDataset,
  type TranslationBatch,
  type TranslationDataset,
  type TranslationInfo,
  type TranslationOptions,
  unpairedDataset,
} from './translation.js';
