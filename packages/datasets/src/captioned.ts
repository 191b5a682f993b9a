import { stream } from '@ganjs/random';
import type { Batch, Dataset, DatasetInfo } from './dataset.js';
import { epochBatches } from './epoch.js';
import { DatasetError } from './error.js';
import { describe, type LabelledImages, labelledTensors, readLabelled } from './imageDataset.js';

/** Images with a sentence each. */
export interface CaptionedBatch extends Batch {
  /** One per image. */
  readonly captions: readonly string[];
}

export interface CaptionedInfo extends DatasetInfo {
  readonly captioned: true;
}

export type CaptionedDataset = Dataset<CaptionedBatch, CaptionedInfo>;

export interface CaptionedOptions extends LabelledImages {
  /** For each image at least one sentence. */
  readonly captions: readonly (readonly string[])[];
}

/**
 * Images with captions. Of an image's captions each epoch shows one, drawn by `stream(seed, 'captions', epoch)`.
 *
 * @throws DatasetError when an image has no caption.
 */
export function captionedDataset({ captions, ...data }: CaptionedOptions): CaptionedDataset {
  const info = { ...describe(data), captioned: true as const };
  const without = Array.from({ length: info.size }, (_, k) => k).find((k) => !captions[k]?.length);
  if (without !== undefined || captions.length !== info.size) {
    throw new DatasetError({
      where: info.name,
      field: 'captions',
      got: without === undefined ? `${captions.length} lists` : `nothing for image ${without}`,
      expected: `a list of at least one for each of the ${info.size} images`,
      fix: 'Add what is missing, or leave those images out.',
    });
  }
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
