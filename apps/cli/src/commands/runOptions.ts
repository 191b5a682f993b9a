import { type Command, Option } from 'commander';
import { channelCount, imageSize } from '../imageFlags.js';
import { gathered, wholeNumber } from '../options.js';

/** The flags that shape a run, each over what its variant, preset and file say: those of `train` and `config`. */
export function addRunOptions(command: Command): Command {
  return command
    .option('--data <name>', 'a name from `gan datasets`, or a folder of images or idx files')
    .option('--size <n|HxW>', 'what size to bring the images of a folder to', imageSize)
    .option('--channels <n>', 'channels of the images of a folder: 1, 3 (default) or 4', channelCount)
    .option(
      '--factor <n>',
      'for super-resolution from images alone: how many times smaller the given ones are (default: 4)',
      wholeNumber(2),
    )
    .addOption(
      new Option(
        '--source <half>',
        'of pictures that show a pair side by side: the half that is given',
      ).choices(['left', 'right']),
    )
    .option('--preset <name>', 'a named set of choices: see `gan variants <variant>`')
    .option('--epochs <n>', 'passes over the data', wholeNumber(1))
    .addOption(
      new Option('--steps <n>', 'training steps, instead of epochs')
        .argParser(wholeNumber(1))
        .conflicts('epochs'),
    )
    .option('--batch <n>', 'images a step', wholeNumber(1))
    .option('--seed <n>', 'the same seed gives the same run (default: 1)', wholeNumber(0))
    .option('--backend <name>', 'auto (default), or a name from `gan doctor`')
    .option('--config <file>', "settings as JSON or YAML, in the form of a run's config.json")
    .option(
      '--set <key=value>',
      'a setting of the variant, such as generator.width=64; may be repeated',
      gathered,
    )
    .option(
      '--features <network>',
      'a trained network whose features losses compare, as in srgan and cyclegan, or discriminators read: inception',
    );
}
