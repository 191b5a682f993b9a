import type { Command } from 'commander';

/** Adds `gan datasets` to the program. */
export function addDatasetsCommand(program: Command): void {
  program
    .command('datasets')
    .description('list the data that can be trained on, or check one')
    .argument('[name]')
    .action(async (name?: string) => {
      const { checkDataset, listDatasets } = await import('../actions/datasets.js');
      if (name === undefined) listDatasets();
      else await checkDataset(name);
    });
}
