import {
  type CaptionedDataset,
  type Dataset,
  embedCaptions,
  type LoadReport,
  type TextEncoder,
} from '@ganjs/datasets';
import { type DataRequest, openData } from '@ganjs/datasets/node';
import { openSentenceEncoder } from '@ganjs/encoders/node';
import { type Task, tasks } from '@ganjs/trainer';
import { svgToPngIfInstalled } from '@ganjs/visuals/node';
import type { RunContext } from '../run.js';
import type { DataSettings } from '../runSettings.js';

/** Data that a run can be made on. */
export interface TaskData {
  readonly dataset: Dataset;
  /** What became of the files of a folder of images. */
  readonly report?: LoadReport;
}

/** Serves all data of this process: its network is large. */
let encoder: Promise<TextEncoder> | undefined;

function sentenceEncoder(): Promise<TextEncoder> {
  encoder ??= openSentenceEncoder();
  return encoder;
}

/**
 * Opens what the settings name, in the form that the task needs: a dataset by its name, a folder with idx files, or a
 * folder of images. Needs a started backend: captions are embedded by a network.
 *
 * @throws DatasetError for an unknown name, for settings that do not go with the data, or for data that is missing or
 * damaged.
 */
export async function openTaskData(
  { name, ...reading }: DataSettings,
  task: Task,
  split: 'train' | 'test' = 'train',
): Promise<TaskData> {
  const request: DataRequest = { data: name, ...reading };
  const { dataset, report } = await openData(request, tasks[task].kind, { split });
  const embedded =
    tasks[task].condition === 'embeddings' && 'captioned' in dataset.info
      ? embedCaptions(dataset as CaptionedDataset, await sentenceEncoder())
      : dataset;
  return { dataset: embedded, ...(report && { report }) };
}

/**
 * What a run in Node works with: data that is opened when it is first asked for, the sentence encoder, charts as pixels.
 *
 * @param opened the training data, where it is open already.
 */
export function nodeContext(data: DataSettings, task: Task, opened?: TaskData): RunContext {
  const svgToPng = svgToPngIfInstalled();
  let training = opened && Promise.resolve(opened);
  const trainingData = () => {
    training ??= openTaskData(data, task);
    return training;
  };
  return {
    data: async () => (await trainingData()).dataset,
    async heldOut() {
      // A folder of images has no other split: it is not read twice.
      const known = await training;
      return known?.report ? known.dataset : (await openTaskData(data, task, 'test')).dataset;
    },
    textEncoder: sentenceEncoder,
    ...(svgToPng && { svgToPng }),
  };
}
