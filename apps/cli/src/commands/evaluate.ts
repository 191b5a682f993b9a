import type { Command } from 'commander';
import { startBackend } from '../backends/index.js';
import { evaluate, judged } from '../evaluate.js';
import { threadsOption, wholeNumber } from '../options.js';
import { RunFolder } from '../runFolder.js';
import { UsageError } from '../usageError.js';

interface EvaluateOptions {
  readonly n: number;
  readonly seed: number;
  readonly backend: string;
  readonly threads?: number;
  readonly json?: boolean;
}

export function addEvaluateCommand(program: Command): void {
  program
    .command('evaluate')
    .description(`score the samples of a trained run (on ${judged.join(', ')})`)
    .argument('<run>', "a run's folder")
    .option('--n <n>', 'how many samples', wholeNumber(2), 1000)
    .option('--seed <n>', 'the same seed gives the same samples', wholeNumber(0), 1)
    .option('--backend <name>', 'auto, or a name from `gan doctor`', 'auto')
    .addOption(threadsOption())
    .option('--json', 'print the scores as JSON')
    .action(async (path: string, options: EvaluateOptions) => {
      const { folder, config } = await RunFolder.open(path);
      await startBackend(options.backend, options.threads);
      const result = await evaluate(path, options);
      if (!result) {
        throw new UsageError(
          `No judge of ${config.data} ships with ganjs; there is one of ${judged.join(', ')}.`,
        );
      }
      await folder.writeJson('metrics.json', result.scores);
      console.log(options.json ? JSON.stringify(result.scores) : result.summary);
    });
}
