import pc from 'picocolors';
import { startBackend } from '../backends/index.js';
import { openData, openHeldOut } from '../data/openData.js';
import type { DataRequest } from '../data/request.js';
import { openFeatureNetwork } from '../featureNetwork.js';
import { createGame, play } from '../play.js';
import type { Progress } from '../progress.js';
import { resolveVariant } from '../resolveVariant.js';
import { describeInfo, RunFolder } from '../runFolder.js';
import { resolveSettings, type SettingOptions } from '../settings.js';
import { versions } from '../versions.js';
import { conclude, progressFor, tellReport } from './conclude.js';

export interface TrainOptions extends SettingOptions, DataRequest {
  readonly out?: string;
  readonly backend: string;
  readonly threads?: number;
  readonly json?: boolean;
}

/** `gan train` */
export async function trainCommand(name: string, options: TrainOptions): Promise<void> {
  const variant = await resolveVariant(name);
  const settings = await resolveSettings(variant, options);
  const request = requestOf(options);
  const backend = await startBackend(options.backend, options.threads);
  const { dataset: data, report } = await openData(request, variant.task);
  const features = await openFeatureNetwork(settings.features);
  const game = createGame(variant, data.info, settings, features);
  const folder = await RunFolder.create(options.out, `${variant.name}-${data.info.name}`, {
    variant: name,
    ...request,
    ...(settings.preset !== undefined && { preset: settings.preset }),
    seed: settings.seed,
    batch: settings.batch,
    ...settings.length,
    ...(settings.features && { features: settings.features }),
    backend: backend.name,
    config: settings.config,
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

function requestOf({ data, size, channels, factor, given }: DataRequest): DataRequest {
  return {
    data,
    ...(size && { size }),
    ...(channels && { channels }),
    ...(factor && { factor }),
    ...(given && { given }),
  };
}
