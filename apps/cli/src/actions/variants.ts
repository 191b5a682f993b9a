import { dataKinds } from '@ganjs/datasets';
import { exampleOf, namedDatasetsOf } from '@ganjs/datasets/node';
import { resolveVariant } from '@ganjs/runs/node';
import {
  type ConfigSetting,
  configSettings,
  type TrainingDefaults,
  tasks,
  type Variant,
} from '@ganjs/trainer';
import { variants } from '@ganjs/variants';
import pc from 'picocolors';

/** `gan variants` */
export function listVariants(): void {
  const width = Math.max(...variants.map(({ name }) => name.length));
  const more = ' '.repeat(width);
  for (const { name, summary, paper, task, training } of variants) {
    console.log(`${pc.bold(name.padEnd(width))}  ${summary}`);
    console.log(`${more}  ${pc.dim(`${paper.title}, ${paper.year}`)}`);
    console.log(
      `${more}  ${pc.dim(`${task}: needs ${dataKinds[tasks[task].kind].contents}; ${defaults(training)}`)}`,
    );
  }
  console.log(
    `\nMore about one: gan variants <name>. Packages that export a variant work by their name too.`,
  );
}

/** `gan variants NAME`: the algorithm box, the settings, the presets, and a command to run. */
export async function tellVariant(specifier: string): Promise<void> {
  const {
    name,
    summary,
    paper,
    algorithm,
    task,
    config,
    training,
    presets = {},
  } = await resolveVariant(specifier);
  console.log(`${pc.bold(name)}: ${summary}\n`);
  console.log(
    `${paper.title} (${paper.authors}, ${paper.year})${paper.arxiv ? ` arXiv:${paper.arxiv}` : ''}`,
  );
  console.log(
    `Needs ${dataKinds[tasks[task].kind].contents}, gives ${tasks[task].gives} (${task}); ${defaults(training)}.`,
  );
  const names = namedDatasetsOf(tasks[task].kind).map((dataset) => dataset.name);
  console.log(`Data that suits: ${names.join(', ')}, or your own: see \`gan datasets\`.\n`);
  if (algorithm) console.log(`${indented(algorithm)}\n`);
  console.log('Settings (--set key=value):');
  printSettings(config);
  for (const [preset, { description }] of Object.entries(presets))
    console.log(`\n--preset ${preset}: ${description}`);
  console.log(`\nTry: ${command(specifier, task, presets)}`);
}

function printSettings(config: Variant['config']): void {
  const settings = configSettings(config);
  const width = Math.max(...settings.map(({ path }) => path.length));
  const printed = new Set<string>();
  for (const setting of settings) {
    const { path, description, choices, default: standard } = setting;
    const choice = choices ? ` [${choices.join(' | ')}]` : '';
    const value = standard === undefined ? '' : ` (default ${JSON.stringify(standard)})`;
    const text = `${description}${choice}${pc.dim(value)}`;
    // Several branches may have the same setting: it is told once, with all of them.
    if (printed.has(path + text)) continue;
    printed.add(path + text);
    console.log(`  ${path.padEnd(width)}  ${text}${pc.dim(besides(settings, setting))}`);
  }
}

/** The choices that a setting takes effect with; nothing where it always does. */
function besides(settings: readonly ConfigSetting[], { path, description, choices }: ConfigSetting): string {
  const alike = settings.filter(
    (other) =>
      other.path === path && other.description === description && other.choices?.join() === choices?.join(),
  );
  const [first] = alike.map(({ when }) => when);
  if (first === undefined) return '';
  const key = first.slice(0, first.indexOf('='));
  const values = alike.map(({ when }) => when!.slice(key.length + 1));
  const all = settings.find((other) => other.path === key)?.choices ?? [];
  return values.length === all.length ? '' : `, with ${key}=${values.join(' or ')}`;
}

/** A command that trains the variant on data that suits it, by the preset that is made for small machines. */
function command(specifier: string, task: Variant['task'], presets: NonNullable<Variant['presets']>): string {
  const quick = presets.quick ? ' --preset quick' : '';
  return `gan train ${specifier} --data ${exampleOf(tasks[task].kind).name}${quick}`;
}

const defaults = ({ epochs, batch }: TrainingDefaults) => `${epochs} epochs in batches of ${batch}`;

const indented = (text: string) => text.replace(/^/gm, '  ');
