import { extname, join } from 'node:path';
import { disposeGame, sample } from '@ganjs/trainer';
import { encodePng } from '@ganjs/visuals';
import * as tf from '@tensorflow/tfjs';
import type { Command } from 'commander';
import writeFileAtomic from 'write-file-atomic';
import { startBackend } from '../backends/index.js';
import { threadsOption, wholeNumber } from '../options.js';
import { classesInTurn, grid } from '../play.js';
import type { RunConfig } from '../runFolder.js';
import { openTrainedGame } from '../trainedGame.js';
import { suggestion, UsageError } from '../usageError.js';

interface SampleCommandOptions {
  readonly n: number;
  readonly seed: number;
  readonly label?: string;
  readonly out?: string;
  readonly backend: string;
  readonly threads?: number;
}

export function addSampleCommand(program: Command): void {
  program
    .command('sample')
    .description('draw images from a trained run')
    .argument('<run>', "a run's folder")
    .option('--n <n>', 'how many images', wholeNumber(1), 64)
    .option('--seed <n>', 'the same seed gives the same images', wholeNumber(0), 1)
    .option('--label <class>', 'the class to ask for, by number or name (class-conditional runs)')
    .option('--out <file>', "a .png file (default: sample-<seed>.png in the run's folder)")
    .option('--backend <name>', 'auto, or a name from `gan doctor`', 'auto')
    .addOption(threadsOption())
    .action(async (path: string, options: SampleCommandOptions) => {
      const out = options.out ?? join(path, `sample-${options.seed}.png`);
      if (extname(out) !== '.png')
        throw new UsageError(`--out takes a file that ends in .png, but "${out}" came.`);
      await startBackend(options.backend, options.threads);
      const { game, config, classes } = await openTrainedGame(path);
      const labels = labelsFor(config, classes, options);
      const given = labels && { labels: tf.tensor1d(labels, 'int32') };
      const images = await sample(game, { n: options.n, seed: options.seed, ...(given && { given }) });
      tf.dispose({ ...given });
      disposeGame(game);
      const columns = labels && options.label === undefined ? classes : Math.ceil(Math.sqrt(options.n));
      await writeFileAtomic(out, Buffer.from(encodePng(grid(images, columns)))).catch((error: Error) => {
        throw new UsageError(`--out ${out} cannot be written: ${error.message}`, { cause: error });
      });
      console.log(out);
    });
}

/** The class of each image: the asked one, or all in turn; undefined where the run knows no classes. */
function labelsFor(
  config: RunConfig,
  classes: number,
  { label, n }: SampleCommandOptions,
): number[] | undefined {
  if (classes === 0) {
    if (label === undefined) return undefined;
    throw new UsageError(
      `${config.variant} does not take a class: leave --label out, or train a class-conditional variant such as cgan.`,
    );
  }
  if (label === undefined) return classesInTurn(n, classes);
  const named = config.classes.indexOf(label);
  const index = named >= 0 ? named : Number(label);
  if (!Number.isInteger(index) || index < 0 || index >= classes) {
    throw new UsageError(
      `The run has no class "${label}".${suggestion(label, config.classes)} Or a number from 0 to ${classes - 1}.`,
    );
  }
  return new Array<number>(n).fill(index);
}
