import { dataKinds, shapeText } from '@ganjs/datasets';
import { kindsOf, type NamedDataset, namedDatasets } from '@ganjs/datasets/node';
import { suggestion } from '@ganjs/errors';
import { type Task, tasks } from '@ganjs/trainer';
import pc from 'picocolors';
import { UsageError } from '../usageError.js';

/** `gan datasets` */
export function listDatasets(): void {
  const width = Math.max(...namedDatasets.map(({ name }) => name.length));
  for (const named of namedDatasets) {
    console.log(`${pc.bold(named.name.padEnd(width))}  ${named.description}`);
    console.log(`${' '.repeat(width)}  ${pc.dim(`for ${tasksFor(named).join(', ')}`)}`);
    console.log(`${' '.repeat(width)}  ${pc.dim(named.source)}`);
  }
  console.log('\nYour own images work too: --data <folder> --size <pixels>. For');
  for (const [task, { kind }] of Object.entries(tasks)) console.log(`  ${task}: ${dataKinds[kind].folder}`);
  console.log('Or a folder with idx files (plain or .gz).');
}

/** `gan datasets NAME`: opens it, so that the user learns whether it is there and whole. */
export async function checkDataset(name: string): Promise<void> {
  const dataset = namedDatasets.find((candidate) => candidate.name === name);
  if (!dataset) {
    const names = namedDatasets.map((candidate) => candidate.name);
    throw new UsageError(`There is no dataset "${name}".${suggestion(name, names)}`);
  }
  const { info } = await dataset.open();
  const given = dataset.given ? `, given ones of ${shapeText(dataset.given)}` : '';
  console.log(`${pc.bold(dataset.title)}: ${dataset.description}`);
  console.log(`for ${tasksFor(dataset).join(', ')}`);
  console.log(dataset.source);
  console.log(`found: ${info.size} training images of ${shapeText(info.image)}${given}`);
  if (info.classes) console.log(`classes: ${info.classes.map((label, i) => `${i} ${label}`).join(', ')}`);
}

/** The tasks that can be learnt from a dataset. */
function tasksFor(named: NamedDataset): Task[] {
  const kinds = kindsOf(named);
  return (Object.keys(tasks) as Task[]).filter((task) => kinds.includes(tasks[task].kind));
}
