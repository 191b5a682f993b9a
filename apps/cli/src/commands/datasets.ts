import { namedDatasets } from '@ganjs/datasets/node';
import type { Command } from 'commander';
import pc from 'picocolors';
import { suggestion, UsageError } from '../usageError.js';

export function addDatasetsCommand(program: Command): void {
  program
    .command('datasets')
    .description('list the data that can be trained on, or check one')
    .argument('[name]')
    .action(async (name?: string) => {
      if (name === undefined) list();
      else await check(name);
    });
}

function list(): void {
  const width = Math.max(...namedDatasets.map(({ name }) => name.length));
  for (const { name, description, source } of namedDatasets) {
    console.log(`${pc.bold(name.padEnd(width))}  ${description}`);
    console.log(`${' '.repeat(width)}  ${pc.dim(`from ${source}`)}`);
  }
  console.log('\nA folder with idx files (plain or .gz) works too: --data <folder>.');
}

/** Opens a dataset, so that the user learns whether it is there and whole. */
async function check(name: string): Promise<void> {
  const dataset = namedDatasets.find((candidate) => candidate.name === name);
  if (!dataset) {
    const names = namedDatasets.map((candidate) => candidate.name);
    throw new UsageError(`There is no dataset "${name}".${suggestion(name, names)}`);
  }
  const { info } = await dataset.open();
  const { height, width, channels } = info.image;
  console.log(`${pc.bold(dataset.title)}: ${dataset.description}`);
  console.log(`from ${dataset.source}`);
  console.log(`found: ${info.size} training images of ${height}x${width}x${channels}`);
  if (info.classes) console.log(`classes: ${info.classes.map((label, i) => `${i} ${label}`).join(', ')}`);
}
