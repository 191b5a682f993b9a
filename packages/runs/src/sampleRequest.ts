import { embedTexts, type TextEncoder } from '@ganjs/datasets';
import { suggestion } from '@ganjs/errors';
import { classesOf, type LatentVectors, tasks } from '@ganjs/trainer';
import { toPixels } from '@ganjs/visuals';
import * as tf from '@tensorflow/tfjs';
import { RunError } from './errors.js';
import { grid, strips } from './pictures.js';
import {
  classesInTurn,
  createPreview,
  imagesOf,
  type Preview,
  type PreviewSubject,
  previewOf,
} from './preview.js';

/** What a trained GAN is asked to make images from. */
export interface SampleRequest {
  /** How many images. Default: what fills the picture. */
  readonly n?: number;
  /** The same seed gives the same images. Default 1. */
  readonly seed?: number;
  /** The class to ask for, by number or name; of a categorical code, its number. Default: all in turn. */
  readonly label?: number | string;
  /** Images to make others from, float32 [n, height, width, channels] in [-1, 1]; the caller's. Default: held-out data. */
  readonly sources?: tf.Tensor4D;
  /** Sentences to make images of. Default: those of held-out data. */
  readonly captions?: readonly string[];
  /** In (0, 1]: below 1, latents are drawn nearer to their mean, for less variety and fewer failures. */
  readonly truncation?: number;
  /** Makes the images of these latents. */
  readonly latents?: LatentVectors;
}

/** The sampled run, as far as a request concerns it. */
export interface SampledRun extends PreviewSubject {
  /** The variant's name. */
  readonly variant: string;
  readonly textEncoder: () => Promise<TextEncoder>;
}

/**
 * What a request makes images from, and how they are shown.
 *
 * @throws RunError when the run is asked for something that its task does not know.
 */
export async function requestedPreview(
  run: SampledRun,
  { n, label, sources, captions }: SampleRequest,
): Promise<Preview> {
  const { game, task, info } = run;
  const { condition } = tasks[task];
  const classes = classesOf(task, info, game.categories);
  const refuse = (wanted: string): never => {
    throw new RunError(`${run.variant} does not make images from ${wanted}: its task is ${task}.`);
  };
  if (label !== undefined) {
    if (classes === 0) refuse('a class');
    // Categories that a game found by itself have no names.
    const names = game.categories === undefined ? (info.classes ?? []) : [];
    return previewOfClass(classIndex(label, names, classes), n);
  }
  if (sources) {
    if (condition !== 'sources') refuse('other images');
    return previewOfSources(sources);
  }
  if (captions) {
    if (condition !== 'embeddings') refuse('captions');
    return previewOfCaptions(await run.textEncoder(), captions, n);
  }
  return createPreview(run, n);
}

function previewOfClass(label: number, n = 64): Preview {
  const labels = tf.fill([n], label, 'int32') as tf.Tensor1D;
  return previewOf(n, { labels }, (images) => grid(images, Math.ceil(Math.sqrt(n))));
}

/** What is made of one image stands alone; of several, beside each. */
async function previewOfSources(sources: tf.Tensor4D): Promise<Preview> {
  const n = sources.shape[0];
  const given = await imagesOf(sources);
  return previewOf(n, { sources: tf.clone(sources) }, (images) =>
    n === 1 ? toPixels(images.data, images.shape)[0]! : strips([given, images], 1),
  );
}

/** A column of images for each caption, made from what a dataset's batches hold: each image's caption and embedding. */
export async function previewOfCaptions(
  encoder: TextEncoder,
  asked: readonly string[],
  n = 8 * asked.length,
): Promise<Preview> {
  const once = await embedTexts(encoder, asked);
  const turns = classesInTurn(n, asked.length);
  const captions = Array.from(await turns.data(), (turn) => asked[turn]!);
  const embeddings = tf.gather(once, turns);
  tf.dispose([once, turns]);
  return previewOf(n, { captions, embeddings }, (images) => grid(images, asked.length));
}

function classIndex(label: number | string, names: readonly string[], classes: number): number {
  const named = typeof label === 'string' ? names.indexOf(label) : -1;
  const index = named >= 0 ? named : Number(label);
  const empty = typeof label === 'string' && label.trim() === '';
  if (!empty && Number.isInteger(index) && index >= 0 && index < classes) return index;
  throw new RunError(
    `The run has no class "${label}".${suggestion(String(label), names)} A number from 0 to ${classes - 1} works${names.length > 0 ? ' too' : ''}.`,
  );
}
