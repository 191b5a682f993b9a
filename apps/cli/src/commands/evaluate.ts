import type { Command } from 'commander';
import type { EvaluateOptions } from '../actions/evaluate.js';
import { threadsOption, wholeNumber } from '../options.js';

/** Adds `gan evaluate` to the program. */
export function addEvaluateCommand(program: Command): void {
  program
    .command('evaluate')
    .description('score what a trained run makes, by the evaluation that knows its task and data')
    .argument('<run>', "a run's folder")
    .option('--n <n>', 'how many samples', wholeNumber(2), 1000)
    .option('--seed <n>', 'the same seed gives the same samples', wholeNumber(0), 1)
    .option('--backend <name>', 'auto, or a name from `gan doctor`', 'auto')
    .addOption(threadsOption())
    .option('--json', 'print the scores as JSON')
    .action(async (path: string, options: EvaluateOptions) => {
      const { evaluateCommand } = await import('../actions/evaluate.js');
      await evaluateCommand(path, options);
    });
}
