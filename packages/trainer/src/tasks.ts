import {
  type AnyDatasetInfo,
  type DataKind,
  dataKinds,
  type EmbeddedBatch,
  type KindBatches,
} from '@ganjs/datasets';

/** A task names what data it needs, by a kind: the type of its batches. */
export interface TaskBatches {
  'image-synthesis': KindBatches['images'];
  'class-conditional': KindBatches['labelled'];
  'paired-translation': KindBatches['pairs'];
  'unpaired-translation': KindBatches['domains'];
  'super-resolution': KindBatches['resolutions'];
  /** Captions come with what a text encoder makes of them. */
  'text-to-image': EmbeddedBatch;
}

export type Task = keyof TaskBatches;

/** What is known of a task. */
export interface TaskDescription {
  /** The kind of data that it learns from. */
  readonly kind: DataKind;
  /** The field of a batch that images are made from, besides noise. */
  readonly condition: 'none' | 'labels' | 'sources' | 'embeddings';
  /** What it makes, in words. */
  readonly gives: string;
}

/** Every task; `dataKinds[tasks[task].kind]` says what its data is. */
export const tasks: Readonly<Record<Task, TaskDescription>> = {
  'image-synthesis': { kind: 'images', condition: 'none', gives: 'new images' },
  'class-conditional': { kind: 'labelled', condition: 'labels', gives: 'new images of an asked class' },
  'paired-translation': { kind: 'pairs', condition: 'sources', gives: 'the wanted image of a given one' },
  'unpaired-translation': {
    kind: 'domains',
    condition: 'sources',
    gives: 'given images as if they were of the other domain',
  },
  'super-resolution': { kind: 'resolutions', condition: 'sources', gives: 'the large image of a small one' },
  'text-to-image': { kind: 'captions', condition: 'embeddings', gives: 'new images of what a sentence says' },
};

/**
 * How many classes a trained GAN can be asked for: the categories that it found by itself, or the classes of its data;
 * 0 where none.
 */
export function classesOf(task: Task, info: AnyDatasetInfo, categories?: number): number {
  return categories ?? (tasks[task].condition === 'labels' ? (info.classes?.length ?? 0) : 0);
}

/** Whether data that tells this of itself can be learnt from. */
export function suitsTask(task: Task, info: AnyDatasetInfo): boolean {
  return dataKinds[tasks[task].kind].suits(info);
}
