import { extname, join } from 'node:path';
import { disposeGame, sample } from '@ganjs/trainer';
import { encodePng } from '@ganjs/visuals';
import writeFileAtomic from 'write-file-atomic';
import { type Asked, ask } from '../ask.js';
import { startBackend } from '../backends/index.js';
import { RunFolder } from '../runFolder.js';
import { openTrainedGame } from '../trainedGame.js';
import { UsageError } from '../usageError.js';

export interface SampleCommandOptions extends Asked {
  readonly seed: number;
  readonly out?: string;
  readonly backend: string;
  readonly threads?: number;
}

/** `gan sample` */
export async function sampleCommand(path: string, options: SampleCommandOptions): Promise<void> {
  const { seed, out = join(path, `sample-${seed}.png`) } = options;
  if (extname(out) !== '.png')
    throw new UsageError(`--out takes a file that ends in .png, but "${out}" came.`);
  await RunFolder.open(path);
  await startBackend(options.backend, options.threads);
  const run = await openTrainedGame(path);
  try {
    const show = await ask(run, options, seed);
    const images = await sample(run.game, { n: show.n, seed, given: show.given });
    show.dispose();
    const png = Buffer.from(encodePng(show.picture(images)));
    await writeFileAtomic(out, png).catch((error: Error) => {
      throw new UsageError(`--out ${out} cannot be written: ${error.message}`, { cause: error });
    });
  } finally {
    disposeGame(run.game);
  }
  console.log(out);
}
