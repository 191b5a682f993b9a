import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { readImages } from '@ganjs/datasets/node';
import { decodeLatents, encodeLatents, type SampleRequest } from '@ganjs/runs';
import { openRunFolder } from '@ganjs/runs/node';
import type { LatentVectors } from '@ganjs/trainer';
import { encodePng } from '@ganjs/visuals';
import writeFileAtomic from 'write-file-atomic';
import { startBackend } from '../backends/index.js';
import { UsageError } from '../usageError.js';

/** The flags of `gan sample`. */
export interface SampleCommandOptions {
  readonly n?: number;
  readonly seed: number;
  readonly label?: string;
  /** An image or a folder of them. */
  readonly input?: string;
  readonly caption?: readonly string[];
  readonly truncation?: number;
  /** A file to read latents from. */
  readonly latents?: string;
  /** A file to write them to; true for one beside the picture. */
  readonly saveLatents?: string | true;
  readonly out?: string;
  readonly backend: string;
  readonly threads?: number;
}

/** `gan sample` */
export async function sampleCommand(path: string, options: SampleCommandOptions): Promise<void> {
  const { seed, input, caption: captions, saveLatents, out = join(path, `sample-${seed}.png`) } = options;
  if (extname(out) !== '.png')
    throw new UsageError(`--out takes a file that ends in .png, but "${out}" came.`);
  const run = await openRunFolder(path);
  const latents = options.latents === undefined ? undefined : await readLatents(options.latents);
  await startBackend(options.backend, options.threads);
  const { variant, info } = run.record;
  const gan = await run.restore();
  const written = [out];
  let sources: SampleRequest['sources'];
  try {
    if (saveLatents !== undefined && !gan.game.latents) {
      throw new UsageError(`${variant} has no latents to save: its task is ${run.variant.task}.`);
    }
    if (input !== undefined) sources = await readImages(input, info.source ?? info.image);
    const { n, label, truncation } = options;
    const samples = await gan.sample(
      defined({ n, seed, label, sources, captions, truncation, latents }) as SampleRequest,
    );
    await write('--out', out, encodePng(samples.picture));
    if (samples.latents && saveLatents !== undefined) {
      const file = saveLatents === true ? out.replace(/\.png$/, '.npz') : saveLatents;
      await write('--save-latents', file, encodeLatents(samples.latents));
      written.push(file);
    }
  } finally {
    sources?.dispose();
    gan.dispose();
  }
  for (const file of written) console.log(file);
}

async function readLatents(path: string): Promise<LatentVectors> {
  const bytes = await readFile(path).catch((error: Error) => {
    throw new UsageError(`The file of --latents cannot be read: ${error.message}`, { cause: error });
  });
  return decodeLatents(bytes, path);
}

async function write(flag: string, path: string, bytes: Uint8Array): Promise<void> {
  await writeFileAtomic(path, Buffer.from(bytes)).catch((error: Error) => {
    throw new UsageError(`${flag} ${path} cannot be written: ${error.message}`, { cause: error });
  });
}

function defined(options: object): object {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
}
