#!/usr/bin/env node
import { Command } from 'commander';
import pc from 'picocolors';
import { addConfigCommand } from './commands/config.js';
import { addDatasetsCommand } from './commands/datasets.js';
import { addDoctorCommand } from './commands/doctor.js';
import { addEvaluateCommand } from './commands/evaluate.js';
import { addResumeCommand } from './commands/resume.js';
import { addSampleCommand } from './commands/sample.js';
import { addTrainCommand } from './commands/train.js';
import { addVariantsCommand } from './commands/variants.js';
import { errorText } from './errorText.js';
import { versions } from './versions.js';

const program = new Command('gan')
  .description('Train, sample and inspect generative adversarial networks.')
  .version(versions.ganjs)
  .showHelpAfterError('(gan --help tells more)');
addTrainCommand(program);
addResumeCommand(program);
addSampleCommand(program);
addEvaluateCommand(program);
addVariantsCommand(program);
addConfigCommand(program);
addDatasetsCommand(program);
addDoctorCommand(program);

try {
  await program.parseAsync();
} catch (error) {
  console.error(`${pc.red('error:')} ${errorText(error)}`);
  process.exitCode = 1;
}
