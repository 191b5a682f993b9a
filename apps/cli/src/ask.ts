import { embedTexts, type ImageShape, type TextEncoder } from '@ganjs/datasets';
import { openSentenceEncoder } from '@ganjs/encoders/node';
import { suggestion } from '@ganjs/errors';
import { toPixels } from '@ganjs/visuals';
import * as tf from '@tensorflow/tfjs';
import { openHeldOut } from './data/openData.js';
import { readInputs } from './data/readInputs.js';
import {
  askableClasses,
  classesInTurn,
  type Demonstration,
  demonstrate,
  madeFrom,
  plain,
  shown,
} from './demonstration.js';
import { grid, strips } from './pictures.js';
import type { TrainedGame } from './trainedGame.js';
import { UsageError } from './usageError.js';

/** What a trained run can be asked to make images from. */
export interface Asked {
  /** Images in all. */
  readonly n?: number;
  readonly label?: string;
  readonly input?: string;
  readonly caption?: readonly string[];
}

/**
 * What to draw from a run, and how to show it.
 *
 * @throws UsageError when the run is asked for something that its task does not know.
 */
export async function ask(run: TrainedGame, asked: Asked, seed: number): Promise<Demonstration> {
  const { game, task, info, config } = run;
  const classes = askableClasses(run);
  /** Categories that a game found by itself have no names. */
  const names = game.categories === undefined ? (info.classes ?? []) : [];
  const refuse = (flag: string, wants: string): never => {
    throw new UsageError(
      `${config.variant} does not take ${wants}: leave --${flag} out (its task is ${task}).`,
    );
  };
  if (asked.label !== undefined && classes === 0) refuse('label', 'a class');
  if (asked.input !== undefined && madeFrom[task] !== 'image') refuse('input', 'an image');
  if (asked.caption && madeFrom[task] !== 'caption') refuse('caption', 'a caption');

  if (asked.label !== undefined) return ofClass(classIndex(asked.label, names, classes), asked.n);
  if (asked.input !== undefined) return ofInputs(asked.input, info.source!);
  if (asked.caption) {
    const encoder = await openSentenceEncoder();
    try {
      return await ofCaptions(encoder, asked.caption, asked.n);
    } finally {
      encoder.dispose();
    }
  }
  const heldOut = () => openHeldOut(config, task);
  return demonstrate({ task, game, info, heldOut, seed }, asked.n);
}

function ofClass(label: number, n = 64): Demonstration {
  const labels = tf.fill([n], label, 'int32') as tf.Tensor1D;
  return shown(n, { labels }, (images) => grid(images, Math.ceil(Math.sqrt(n))));
}

/** What is made of one image stands alone; of several, beside each. */
async function ofInputs(path: string, source: ImageShape): Promise<Demonstration> {
  const sources = await readInputs(path, source);
  const n = sources.shape[0];
  const given = await plain(sources);
  return shown(n, { sources }, (images) =>
    n === 1 ? toPixels(images.data, images.shape)[0]! : strips([given, images], 1),
  );
}

/** A column of images for each caption, made from what a dataset's batches hold: each image's caption and embedding. */
export async function ofCaptions(
  encoder: TextEncoder,
  asked: readonly string[],
  n = 8 * asked.length,
): Promise<Demonstration> {
  const once = await embedTexts(encoder, asked);
  const turns = classesInTurn(n, asked.length);
  const captions = Array.from(await turns.data(), (turn) => asked[turn]!);
  const embeddings = tf.gather(once, turns);
  tf.dispose([once, turns]);
  return shown(n, { captions, embeddings }, (images) => grid(images, asked.length));
}

function classIndex(label: string, names: readonly string[], classes: number): number {
  const named = names.indexOf(label);
  const index = named >= 0 ? named : Number(label);
  if (label.trim() !== '' && Number.isInteger(index) && index >= 0 && index < classes) return index;
  throw new UsageError(
    `The run has no class "${label}".${suggestion(label, names)} A number from 0 to ${classes - 1} works${names.length > 0 ? ' too' : ''}.`,
  );
}
