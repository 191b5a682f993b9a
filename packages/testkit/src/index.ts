export { testBackend } from './backend.js';
export { ConformanceError } from './check.js';
export { type DatasetOptions, testDataset } from './dataset.js';
export { type LayerOptions, testLayer } from './layer.js';
export { testLoss } from './loss.js';
export { type Measure, type MetricOptions, testMetric } from './metric.js';
export { type FullBatch, type SmallWorld, smallWorld } from './smallWorld.js';
export { testVariant, type VariantOptions } from './variant.js';
