import { extname, join } from 'node:path';
import {
  disposeGame,
  type Images,
  type LatentVectors,
  type SampleOptions,
  sample,
  sampleLatents,
  synthesize,
} from '@ganjs/trainer';
import { encodePng } from '@ganjs/visuals';
import writeFileAtomic from 'write-file-atomic';
import { type Asked, ask } from '../ask.js';
import { startBackend } from '../backends/index.js';
import { readLatents, writeLatents } from '../latentsFile.js';
import { RunFolder } from '../runFolder.js';
import { openTrainedGame, type TrainedGame } from '../trainedGame.js';
import { UsageError } from '../usageError.js';

export interface SampleCommandOptions extends Asked {
  readonly seed: number;
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
  const { seed, saveLatents, out = join(path, `sample-${seed}.png`) } = options;
  if (extname(out) !== '.png')
    throw new UsageError(`--out takes a file that ends in .png, but "${out}" came.`);
  await RunFolder.open(path);
  const stored = options.latents === undefined ? undefined : await readLatents(options.latents);
  await startBackend(options.backend, options.threads);
  const run = await openTrainedGame(path);
  const written = [out];
  try {
    if (stored) checkStored(run, stored, options.latents!);
    const show = await ask(run, { ...options, ...(stored && { n: stored.shape[0]! }) }, seed);
    try {
      const { n, condition } = show;
      if (stored && stored.shape[0] !== n) {
        throw new UsageError(
          `${options.latents} holds ${stored.shape[0]} latents, but ${n} held-out captions are there to go with them: ` +
            'take as many latents, or say what to make with --caption.',
        );
      }
      const request = { n, seed, condition, position: run.position };
      const { images, latents } = await draw(run, request, options, stored);
      const png = Buffer.from(encodePng(show.picture(images)));
      await writeFileAtomic(out, png).catch((error: Error) => {
        throw new UsageError(`--out ${out} cannot be written: ${error.message}`, { cause: error });
      });
      if (latents && saveLatents !== undefined) {
        const file = saveLatents === true ? out.replace(/\.png$/, '.npz') : saveLatents;
        await writeLatents(file, latents);
        written.push(file);
      }
    } finally {
      show.dispose();
    }
  } finally {
    disposeGame(run.game);
  }
  for (const file of written) console.log(file);
}

/** Draws images and, where somebody cares about them, the latents that they are made from. */
async function draw(
  run: TrainedGame,
  request: SampleOptions,
  { truncation, saveLatents }: Pick<SampleCommandOptions, 'truncation' | 'saveLatents'>,
  stored: LatentVectors | undefined,
): Promise<{ images: Images; latents?: LatentVectors }> {
  if (!stored && truncation === undefined && saveLatents === undefined) {
    return { images: await sample(run.game, request) };
  }
  if (!run.game.latents) refuseLatents(run);
  const latents =
    stored ??
    (await sampleLatents(run.game, { ...request, ...(truncation !== undefined && { truncation }) }));
  return { latents, images: await synthesize(run.game, latents, request) };
}

/** @throws UsageError unless the game can make images of the latents in the file. */
function checkStored(run: TrainedGame, { shape }: LatentVectors, file: string): void {
  const own = run.game.latents?.shape ?? refuseLatents(run);
  if (shape.length === own.length + 1 && shape[0]! > 0 && own.every((extent, i) => shape[i + 1] === extent))
    return;
  throw new UsageError(
    `${file} holds latents of shape [${shape}], but those of ${run.config.variant} have [n, ${own}].`,
  );
}

function refuseLatents({ config, task }: TrainedGame): never {
  throw new UsageError(
    `${config.variant} has no latents (its task is ${task}): leave --truncation, --latents and --save-latents out.`,
  );
}
