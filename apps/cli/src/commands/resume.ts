import type { Command } from 'commander';
import { startBackend } from '../backends/index.js';
import { openData } from '../openData.js';
import { threadsOption, wholeNumber } from '../options.js';
import { createGame, play } from '../play.js';
import { resolveVariant } from '../resolveVariant.js';
import { RunFolder } from '../runFolder.js';
import { lengthOf, parseConfig } from '../settings.js';
import { UsageError } from '../usageError.js';
import { conclude, progressFor } from './train.js';

interface ResumeOptions {
  readonly epochs?: number;
  readonly steps?: number;
  readonly backend?: string;
  readonly threads?: number;
  readonly json?: boolean;
}

export function addResumeCommand(program: Command): void {
  program
    .command('resume')
    .description('go on with a run from its last checkpoint, as if it had never stopped')
    .argument('<run>', "a run's folder")
    .option('--epochs <n>', 'another length, in passes over the data', wholeNumber(1))
    .option('--steps <n>', 'another length, in training steps', wholeNumber(1))
    .option('--backend <name>', "default: the run's")
    .addOption(threadsOption())
    .option('--json', 'stream the events as JSON lines')
    .action(async (path: string, options: ResumeOptions) => {
      const { folder, config } = await RunFolder.open(path);
      const variant = await resolveVariant(config.variant);
      const resume = await folder.readCheckpoint();
      const data = await openData(config.data);
      await startBackend(options.backend ?? config.backend, options.threads);
      const game = createGame(variant, data.info, {
        config: parseConfig(variant, config.config),
        seed: config.seed,
      });
      const length = lengthOf(options) ?? lengthOf(config);
      if (!length)
        throw new UsageError(`${path}/config.json names neither epochs nor steps: give --epochs or --steps.`);
      const settings = { batch: config.batch, seed: config.seed, length };
      await folder.forgetAfter(resume.step);
      const ending = await play({ variant, game, data, settings, folder, resume }, progressFor(options.json));
      await conclude(folder, ending, options.json);
    });
}
