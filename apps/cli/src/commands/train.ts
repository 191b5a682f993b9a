import { type Command, Option } from 'commander';
import type { TrainOptions } from '../actions/train.js';
import { channelCount, imageSize } from '../data/flags.js';
import { featureNetworks } from '../featureNetwork.js';
import { gathered, threadsOption, wholeNumber } from '../options.js';

export function addTrainCommand(program: Command): void {
  program
    .command('train')
    .description('train a GAN; writes samples, losses, checkpoints and an animation to a folder of its own')
    .argument('<variant>', 'a name from `gan variants`, or a package that exports a variant')
    .requiredOption('--data <name>', 'a name from `gan datasets`, or a folder of images or idx files')
    .option('--size <n|HxW>', 'what size to bring the images of a folder to', imageSize)
    .option('--channels <n>', 'channels of the images of a folder: 1, 3 (default) or 4', channelCount)
    .option(
      '--factor <n>',
      'for super-resolution from images alone: how many times smaller the given ones are (default: 4)',
      wholeNumber(2),
    )
    .addOption(
      new Option(
        '--given <half>',
        'of pictures that show a pair side by side: the half that is given',
      ).choices(['left', 'right']),
    )
    .option('--preset <name>', 'a named set of choices: see `gan variants <variant>`')
    .option('--out <dir>', "the run's folder (default: runs/<variant>-<data>)")
    .option('--epochs <n>', 'passes over the data', wholeNumber(1))
    .addOption(
      new Option('--steps <n>', 'training steps, instead of epochs')
        .argParser(wholeNumber(1))
        .conflicts('epochs'),
    )
    .option('--batch <n>', 'images a step', wholeNumber(1))
    .option('--seed <n>', 'the same seed gives the same run (default: 1)', wholeNumber(0))
    .option('--backend <name>', 'auto, or a name from `gan doctor`', 'auto')
    .addOption(threadsOption())
    .option('--config <file>', "JSON in the form of a run's config.json")
    .option('--set <key=value>', 'a setting of the variant; may be repeated', gathered)
    .addOption(
      new Option(
        '--features <network>',
        'a trained network whose features losses compare, as in srgan and cyclegan, or discriminators read',
      ).choices(featureNetworks),
    )
    .option('--json', 'stream the events as JSON lines')
    .action(async (name: string, options: TrainOptions) => {
      const { trainCommand } = await import('../actions/train.js');
      await trainCommand(name, options);
    });
}
