import { type Command, Option } from 'commander';
import type { ConfigOptions } from '../actions/config.js';
import { addRunOptions } from './runOptions.js';

/** Adds `gan config` to the program. */
export function addConfigCommand(program: Command): void {
  const command = program
    .command('config')
    .description(
      'show every setting that a run would have, and where it comes from; takes the flags of train',
    )
    .argument('<variant>', 'a name from `gan variants`, or a package that exports a variant');
  addRunOptions(command)
    .addOption(new Option('--json', 'print them as a file for --config').conflicts('schema'))
    .option('--schema', 'print the JSON Schema of such a file')
    .action(async (name: string, options: ConfigOptions) => {
      const { configCommand } = await import('../actions/config.js');
      await configCommand(name, options);
    });
}
