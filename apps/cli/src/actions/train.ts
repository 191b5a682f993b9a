import pc from 'picocolors';
import { startBackend } from '../backends/index.js';
import { openData, openHeldOut } from '../data/openData.js';
import { exampleFor } from '../data/suitable.js';
import { openFeatureNetwork } from '../featureNetwork.js';
import { createGame, play } from '../play.js';
import type { Progress } from '../progress.js';
import { resolveVariant } from '../resolveVariant.js';
import { describeInfo, RunFolder } from '../runFolder.js';
import { resolveSettings, type SettingOptions, settingsFile } from '../settings.js';
import { UsageError } from '../usageError.js';
import { versions } from '../versions.js';
import { conclude, progressFor, tellReport } from './conclude.js';

export interface TrainOptions extends SettingOptions {
  readonly out?: string;
  readonly threads?: number;
  readonly json?: boolean;
}

/** `gan train` */
export async function trainCommand(name: string, options: TrainOptions): Promise<void> {
  const variant = await resolveVariant(name);
  const settings = await resolveSettings(variant, options, name);
  const { request } = settings;
  if (!request) {
    throw new UsageError(
      `Name the data to learn from, such as --data ${exampleFor(variant.task).name}: \`gan datasets\` lists what there is.`,
    );
  }
  const backend = await startBackend(settings.backend, options.threads);
  const { dataset: data, report } = await openData(request, variant.task);
  const features = await openFeatureNetwork(settings.features);
  const game = createGame(variant, data.info, settings, features);
  const folder = await RunFolder.create(options.out, `${variant.name}-${data.info.name}`, {
    ...settingsFile(name, { ...settings, backend: backend.name }),
    ...request,
    ...describeInfo(data.info),
    versions,
  });
  if (report) await folder.writeJson('data-report.json', { read: data.info.size, ...report });
  if (!options.json) {
    console.log(
      `${pc.bold(variant.name)} on ${data.info.name}, seed ${settings.seed}, backend ${backend.name}: ${backend.summary}`,
    );
    if (report) tellReport(data.info, report);
    console.log(`${pc.dim('writing to')} ${folder.path}`);
  }
  let begun = false;
  const progress = progressFor(options.json);
  const show: Progress['show'] = (event) => {
    begun ||= event.type === 'step';
    progress.show(event);
  };
  const heldOut = async () => (report ? data : openHeldOut(request, variant.task));
  try {
    const ending = await play({ variant, game, data, heldOut, settings, folder }, { show });
    await conclude(folder, ending, options.json);
  } catch (error) {
    if (!begun) await folder.remove();
    throw error;
  } finally {
    features?.dispose();
  }
}
