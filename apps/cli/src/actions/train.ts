import { checkKind, exampleOf } from '@ganjs/datasets/node';
import { createRun } from '@ganjs/runs';
import { type NewRunFolder, newRunFolder, nodeContext, openTaskData, resolveVariant } from '@ganjs/runs/node';
import { tasks } from '@ganjs/trainer';
import pc from 'picocolors';
import { startBackend } from '../backends/index.js';
import { type Progress, progressFor } from '../progress.js';
import { reportData, reportRun } from '../report.js';
import { type RunFlags, settingsOf } from '../runFlags.js';
import { trainRun } from '../trainRun.js';
import { UsageError } from '../usageError.js';
import { versions } from '../versions.js';

/** The flags of `gan train`. */
export interface TrainOptions extends RunFlags {
  readonly out?: string;
  readonly threads?: number;
  readonly json?: boolean;
}

/** `gan train` */
export async function trainCommand(specifier: string, options: TrainOptions): Promise<void> {
  const variant = await resolveVariant(specifier);
  const { settings } = await settingsOf(variant, specifier, options);
  if (!settings.data) {
    throw new UsageError(
      `Name the data to learn from, such as --data ${exampleOf(tasks[variant.task].kind).name}: \`gan datasets\` lists what there is.`,
    );
  }
  const { training } = settings;
  const backend = await startBackend(training.backend, options.threads);
  const opened = await openTaskData(settings.data, variant.task);
  const { dataset: data, report } = opened;
  checkKind(data.info, tasks[variant.task].kind, variant.name);
  let folder: NewRunFolder | undefined;
  let begun = false;
  try {
    const makeFolder = async () => {
      folder = await newRunFolder(options.out, `${variant.name}-${data.info.name}`);
      return folder.storage;
    };
    const run = await createRun(makeFolder, {
      ...{ ...nodeContext(settings.data, variant.task, opened), variant, data, versions },
      settings: { ...settings, training: { ...training, backend: backend.name } },
    });
    if (report) {
      const text = JSON.stringify({ read: data.info.size, ...report }, null, 2);
      await run.storage.write('data-report.json', `${text}\n`);
    }
    if (!options.json) {
      console.log(
        `${pc.bold(variant.name)} on ${data.info.name}, seed ${training.seed}, backend ${backend.name}: ${backend.summary}`,
      );
      if (report) reportData(data.info, report);
      console.log(`${pc.dim('writing to')} ${run.storage.location}`);
    }
    const progress = progressFor(options.json);
    const show: Progress['show'] = (event) => {
      begun ||= event.type === 'step';
      progress.show(event);
    };
    const ending = await trainRun(run, { show });
    await reportRun(run, ending, options.json);
  } catch (error) {
    if (!begun) await folder?.remove();
    throw error;
  }
}
