import { tasks, type Variant } from '@ganjs/trainer';
import { variants } from '@ganjs/variants';
import type { Command } from 'commander';
import pc from 'picocolors';
import { z } from 'zod';
import { resolveVariant } from '../resolveVariant.js';

export function addVariantsCommand(program: Command): void {
  program
    .command('variants')
    .description('list the GANs that can be trained, or tell about one')
    .argument('[name]', 'a variant, or a package that exports one')
    .action(async (name?: string) => {
      if (name === undefined) list();
      else tell(name, await resolveVariant(name));
    });
}

function list(): void {
  const width = Math.max(...variants.map(({ name }) => name.length));
  for (const { name, summary, paper, task } of variants) {
    console.log(`${pc.bold(name.padEnd(width))}  ${summary}`);
    console.log(
      `${' '.repeat(width)}  ${pc.dim(`${task} (needs ${tasks[task].needs}); ${paper.title}, ${paper.year}`)}`,
    );
  }
  console.log(
    `\nMore about one: gan variants <name>. Packages that export a variant work by their name too.`,
  );
}

function tell(
  specifier: string,
  { name, summary, paper, task, config, training, presets = {} }: Variant,
): void {
  console.log(`${pc.bold(name)}: ${summary}\n`);
  console.log(
    `${paper.title} (${paper.authors}, ${paper.year})${paper.arxiv ? ` arXiv:${paper.arxiv}` : ''}`,
  );
  console.log(
    `Needs ${tasks[task].needs}, gives ${tasks[task].gives}. Trains ${training.epochs} epochs in batches of ${training.batch}.\n`,
  );
  const { properties = {} } = z.toJSONSchema(config, { io: 'input' });
  const width = Math.max(...Object.keys(properties).map((key) => key.length));
  console.log('Settings (--set key=value):');
  for (const [key, property] of Object.entries(properties)) {
    if (typeof property === 'boolean') continue;
    const choice = property.enum ? ` [${property.enum.join(' | ')}]` : '';
    console.log(
      `  ${key.padEnd(width)}  ${property.description}${choice} ${pc.dim(`(default ${JSON.stringify(property.default)})`)}`,
    );
  }
  for (const [preset, { description }] of Object.entries(presets))
    console.log(`\n--preset ${preset}: ${description}`);
  console.log(`\nTry: gan train ${specifier} --data mnist${presets.quick ? ' --preset quick' : ''}`);
}
