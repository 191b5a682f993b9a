import type { Command } from 'commander';

/** Adds `gan variants` to the program. */
export function addVariantsCommand(program: Command): void {
  program
    .command('variants')
    .description('list the GANs that can be trained, or tell about one')
    .argument('[name]', 'a variant, or a package that exports one')
    .action(async (name?: string) => {
      const { listVariants, tellVariant } = await import('../actions/variants.js');
      if (name === undefined) listVariants();
      else await tellVariant(name);
    });
}
