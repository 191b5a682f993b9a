import type { Command } from 'commander';
import type { TrainOptions } from '../actions/train.js';
import { threadsOption } from '../options.js';
import { addRunOptions } from './runOptions.js';

/** Adds `gan train` to the program. */
export function addTrainCommand(program: Command): void {
  const command = program
    .command('train')
    .description('train a GAN; writes samples, losses, checkpoints and an animation to a folder of its own')
    .argument('<variant>', 'a name from `gan variants`, or a package that exports a variant')
    .option('--out <dir>', "the run's folder (default: runs/<variant>-<data>)");
  addRunOptions(command)
    .addOption(threadsOption())
    .option('--json', 'stream the events as JSON lines')
    .action(async (name: string, options: TrainOptions) => {
      const { trainCommand } = await import('../actions/train.js');
      await trainCommand(name, options);
    });
}
