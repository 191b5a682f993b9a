import { type Command, Option } from 'commander';
import type { SampleCommandOptions } from '../actions/sample.js';
import { fraction, gathered, threadsOption, wholeNumber } from '../options.js';

/** Adds `gan sample` to the program. */
export function addSampleCommand(program: Command): void {
  program
    .command('sample')
    .description('draw images from a trained run')
    .argument('<run>', "a run's folder")
    .option('--n <n>', 'how many images (default: what fills the picture)', wholeNumber(1))
    .option('--seed <n>', 'the same seed gives the same images', wholeNumber(0), 1)
    .option('--label <class>', 'the class to ask for, by number or name; of a categorical code, its number')
    .option(
      '--input <path>',
      'an image, or a folder of them, to make others from (translation, super-resolution; default: held-out data)',
    )
    .option('--caption <text>', 'what to generate (text-to-image); may be repeated', gathered)
    .option(
      '--truncation <psi>',
      'draw the latents nearer to their mean, in (0, 1]: less variety, fewer failures',
      fraction,
    )
    .addOption(
      new Option(
        '--latents <file.npz>',
        'make the images of these latents, as --save-latents writes them',
      ).conflicts(['truncation', 'n']),
    )
    .option('--save-latents [file.npz]', 'keep the latents (default: beside the picture)')
    .option('--out <file>', "a .png file (default: sample-<seed>.png in the run's folder)")
    .option('--backend <name>', 'auto, or a name from `gan doctor`', 'auto')
    .addOption(threadsOption())
    .action(async (path: string, options: SampleCommandOptions) => {
      const { sampleCommand } = await import('../actions/sample.js');
      await sampleCommand(path, options);
    });
}
