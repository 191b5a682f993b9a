import { DatasetError } from '../errors.js';
import { checkPixels, type ImageStore, imageBytes, memoryStore } from '../imageStore.js';
import type { DecodeImage, ImageFile, ImageForm, Region } from './decode.js';

/** One image that a sample needs. */
export interface ImagePart {
  readonly file: ImageFile;
  readonly form: ImageForm;
  readonly region: Region;
}

/** A file that is not among the images, and why. */
export interface SkippedFile {
  readonly path: string;
  readonly reason: string;
}

/** How to load samples, and how many may fail. */
export interface LoadOptions {
  /** What messages call the data. */
  readonly name: string;
  readonly decode: DecodeImage;
  /** The share of samples that may be unreadable before the whole is refused, in [0, 1]. Default 0.01; one always may. */
  readonly maxSkipped?: number;
  /** Bytes of decoded images to keep in memory (default 2^30); above it every batch decodes its images anew. */
  readonly memory?: number;
  /** Told after each stretch of files how many samples were read. */
  readonly onProgress?: (done: number, total: number) => void;
}

/** Samples that could be read: one store per part, and which of the samples asked for they are. */
export interface LoadedSamples {
  readonly stores: readonly ImageStore[];
  readonly kept: readonly number[];
  readonly skipped: readonly SkippedFile[];
}

/** The kinds of files that are images, by the end of their names. */
export const IMAGE_TYPES = ['png', 'jpg', 'jpeg', 'webp', 'gif'] as const;

/** Files decoded at a time: enough to keep a decoder's threads busy. */
const AT_A_TIME = 32;
const DEFAULT_MEMORY = 2 ** 30;

/**
 * Decodes every sample once, so that what cannot be read is known before the first batch. A sample with an unreadable
 * part is left out whole and reported.
 *
 * @param samples each a list of parts; part `p` of every sample has the same form.
 * @throws DatasetError when there is nothing to read, or more is unreadable than `maxSkipped` allows.
 */
export async function loadSamples(
  samples: readonly (readonly ImagePart[])[],
  options: LoadOptions,
): Promise<LoadedSamples> {
  const { name, decode, maxSkipped = 0.01, memory = DEFAULT_MEMORY, onProgress } = options;
  const forms = (samples[0] ?? []).map((part) => part.form);
  const allowed = Math.min(Math.max(1, Math.floor(maxSkipped * samples.length)), samples.length - 1);
  const inMemory = samples.length * forms.reduce((sum, form) => sum + imageBytes(form), 0) <= memory;
  const pixels = forms.map((form) => new Uint8Array(inMemory ? samples.length * imageBytes(form) : 0));
  const kept: number[] = [];
  const skipped: SkippedFile[] = [];

  if (samples.length === 0) {
    throw new DatasetError({
      where: name,
      field: 'number of images',
      got: 0,
      expected: 'at least one',
      fix: `Add images: ${IMAGE_TYPES.join(', ')}.`,
    });
  }
  const refuse = () => {
    const listed = skipped.slice(0, 5).map(({ path, reason }) => `${path} (${reason})`);
    throw new DatasetError({
      where: name,
      field: 'number of unreadable images',
      got: `${skipped.length} or more: ${listed.join(', ')}${skipped.length > 5 ? ', …' : ''}`,
      expected: `at most ${allowed} of ${samples.length}`,
      fix: 'Repair or remove these files, or allow more with maxSkipped.',
    });
  };
  for (let start = 0; start < samples.length; start += AT_A_TIME) {
    const group = samples.slice(start, start + AT_A_TIME);
    const decoded = await Promise.all(group.map((parts) => decodeSample(parts, decode)));
    for (const [i, result] of decoded.entries()) {
      if ('reason' in result) {
        skipped.push(result);
        if (skipped.length > allowed) refuse();
        continue;
      }
      if (inMemory) {
        for (const [p, bytes] of result.parts.entries()) pixels[p]!.set(bytes, kept.length * bytes.length);
      }
      kept.push(start + i);
    }
    onProgress?.(Math.min(start + AT_A_TIME, samples.length), samples.length);
  }

  const stores = forms.map((form, p) => {
    const { height, width, channels } = form;
    const image = { height, width, channels };
    if (inMemory) return memoryStore(name, pixels[p]!.subarray(0, kept.length * imageBytes(form)), image);
    return decodingStore(
      name,
      kept.map((k) => samples[k]![p]!),
      image,
      decode,
    );
  });
  return { stores, kept, skipped };
}

async function decodeSample(
  parts: readonly ImagePart[],
  decode: DecodeImage,
): Promise<SkippedFile | { readonly parts: readonly Uint8Array[] }> {
  const decoded: Uint8Array[] = [];
  for (const { file, form, region } of parts) {
    try {
      const pixels = await decode(await file.bytes(), form, region);
      checkPixels(file.path, 'what the decoder gives', pixels, form, 1);
      decoded.push(pixels);
    } catch (error) {
      return { path: file.path, reason: (error as Error).message.trim().split('\n')[0]! };
    }
  }
  return { parts: decoded };
}

/** Images that are decoded whenever they are read, for data that is too large for memory. */
function decodingStore(
  name: string,
  parts: readonly ImagePart[],
  image: ImageStore['image'],
  decode: DecodeImage,
): ImageStore {
  return {
    size: parts.length,
    image,
    async read(chosen) {
      const pixels = new Uint8Array(chosen.length * imageBytes(image));
      const one = async (k: number, i: number) => {
        const result = await decodeSample([parts[k]!], decode);
        if ('reason' in result) {
          throw new DatasetError({
            where: name,
            field: result.path,
            got: `unreadable (${result.reason})`,
            expected: 'the image that was there when the data was opened',
            fix: 'Leave the files alone while training, or open the data again.',
          });
        }
        pixels.set(result.parts[0]!, i * imageBytes(image));
      };
      await Promise.all(Array.from(chosen, one));
      return pixels;
    },
  };
}
