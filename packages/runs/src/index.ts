export { createGame } from './createGame.js';
export { createRun, type NewRun, openRun, readRecord } from './createRun.js';
export { RunError } from './errors.js';
export { type FeatureNetworkName, featureNetworks } from './featureNetworks.js';
export { decodeLatents, encodeLatents } from './latentsFile.js';
export { memoryStorage } from './memoryStorage.js';
export { createPreview, type Preview, type PreviewSubject } from './preview.js';
export type { RunRecord } from './record.js';
export { type ResolvedSettings, resolveSettings, type SettingsLayer } from './resolveSettings.js';
export type { DataSource, Run, RunContext, TrainRunOptions } from './run.js';
export { plainEvent, type RunEvent } from './runEvent.js';
export {
  type DataSettings,
  type PartialSettings,
  type RunSettings,
  runSettingsSchema,
  settingsJsonSchema,
  type TrainingSettings,
} from './runSettings.js';
export type { RunStorage } from './runStorage.js';
export type { SampleRequest } from './sampleRequest.js';
export { parseSettingsFile } from './settingsFile.js';
export type { Samples, TrainedGan } from './trainedGan.js';
