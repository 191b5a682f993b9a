import { stream } from '@ganjs/random';
import { kindOf } from './bytes.js';
import type { Batch, Dataset, DatasetInfo } from './dataset.js';
import { epochBatches } from './epoch.js';
import { DatasetError } from './errors.js';
import { describe, type LabelledImages, labelledTensors, readLabelled } from './imageDataset.js';

/** Images with a sentence each. */
export interface CaptionedBatch extends Batch {
  /** One per image. */
  readonly captions: readonly string[];
}

/** What a dataset with captions tells of itself. */
export interface CaptionedInfo extends DatasetInfo {
  readonly captioned: true;
}

export type CaptionedDataset = Dataset<CaptionedBatch, CaptionedInfo>;

/** What a dataset with captions is made of. */
export interface CaptionedOptions extends LabelledImages {
  /** For each image at least one sentence. */
  readonly captions: readonly (readonly string[])[];
}

/**
 * Images with captions. Of an image's captions each epoch shows one, drawn by `stream(seed, 'captions', epoch)`.
 *
 * @throws DatasetError when an image has no caption, or something else than a list of sentences.
 */
export function captionedDataset({ captions, ...data }: CaptionedOptions): CaptionedDataset {
  const info = { ...describe(data), captioned: true as const };
  checkCaptions(info.name, info.size, captions);
  return {
    info,
    batches(options) {
      const choice = stream(options.seed, 'captions', options.epoch).uniform(info.size);
      const caption = (k: number) => captions[k]![Math.floor(choice[k]! * captions[k]!.length)]!;
      return epochBatches(
        info,
        options,
        async ({ images }) => ({
          ...(await readLabelled(data, images)),
          captions: Array.from(images, caption),
        }),
        (raw) => ({ ...labelledTensors(data, raw), captions: raw.captions }),
      );
    },
  };
}

function checkCaptions(where: string, size: number, captions: readonly unknown[]): void {
  const refuse = (field: string, got: string, expected: string) => {
    const fix = 'Add what is missing, or leave those images out.';
    return new DatasetError({ where, field, got, expected, fix });
  };
  if (!Array.isArray(captions) || captions.length !== size) {
    const got = Array.isArray(captions) ? `${captions.length} lists` : `of the kind ${kindOf(captions)}`;
    throw refuse('captions', got, `a list of at least one for each of the ${size} images`);
  }
  for (const [k, list] of captions.entries()) {
    const wrong = problemOf(list);
    if (wrong) throw refuse(`captions of image ${k}`, wrong, 'a list of sentences, at least one');
  }
}

function problemOf(list: unknown): string | undefined {
  if (!Array.isArray(list)) return `of the kind ${kindOf(list)}`;
  if (list.length === 0) return 'an empty list';
  const other: unknown = list.find((caption) => typeof caption !== 'string');
  return other === undefined ? undefined : `a list with ${kindOf(other)} in it`;
}
