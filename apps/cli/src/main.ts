#!/usr/bin/env node
import { Command } from 'commander';
import pc from 'picocolors';
import { addDatasetsCommand } from './commands/datasets.js';
import { addDoctorCommand } from './commands/doctor.js';
import { addEvaluateCommand } from './commands/evaluate.js';
import { addResumeCommand } from './commands/resume.js';
import { addSampleCommand } from './commands/sample.js';
import { addTrainCommand } from './commands/train.js';
import { addVariantsCommand } from './commands/variants.js';
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
addDatasetsCommand(program);
addDoctorCommand(program);

/** Errors whose message says all that the user needs. Any other is a bug of ours, and its stack is shown. */
const expected = [
  'UsageError',
  'DatasetError',
  'ConfigError',
  'ArchitectureError',
  'CheckpointError',
  'DivergenceError',
  // Of a variant's author: the message says what its game does against the contract.
  'GameError',
];

try {
  await program.parseAsync();
} catch (error) {
  const known = error instanceof Error && expected.includes(error.name);
  console.error(
    `${pc.red('error:')} ${known ? error.message : error instanceof Error ? error.stack : String(error)}`,
  );
  process.exitCode = 1;
}
