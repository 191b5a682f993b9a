import { startBackend } from '../backends/index.js';
import { openData, openHeldOut } from '../data/openData.js';
import { openFeatureNetwork } from '../featureNetwork.js';
import { createGame, play } from '../play.js';
import { resolveVariant } from '../resolveVariant.js';
import { RunFolder } from '../runFolder.js';
import { lengthOf, parseConfig } from '../settings.js';
import { UsageError } from '../usageError.js';
import { conclude, progressFor } from './conclude.js';

export interface ResumeOptions {
  readonly epochs?: number;
  readonly steps?: number;
  readonly backend?: string;
  readonly threads?: number;
  readonly json?: boolean;
}

/** `gan resume` */
export async function resumeCommand(path: string, options: ResumeOptions): Promise<void> {
  const { folder, config } = await RunFolder.open(path);
  const variant = await resolveVariant(config.variant);
  const resume = await folder.readCheckpoint();
  await startBackend(options.backend ?? config.backend, options.threads);
  const { dataset: data, report } = await openData(config, variant.task);
  const { batch, seed } = config;
  const length = lengthOf(options) ?? lengthOf(config);
  if (!length) {
    throw new UsageError(`${path}/config.json names neither epochs nor steps: give --epochs or --steps.`);
  }
  const features = await openFeatureNetwork(config.features);
  const settings = { config: parseConfig(variant, config.config), seed };
  const game = createGame(variant, data.info, settings, features);
  await folder.forgetAfter(resume.step);
  if (lengthOf(options) && resume.step >= resume.length.steps && !options.json) {
    console.log(
      'The run was finished: what follows a schedule, such as its learning rates, stays as at its end.',
    );
  }
  const heldOut = async () => (report ? data : openHeldOut(config, variant.task));
  const plan = { variant, game, data, heldOut, settings: { batch, seed, length }, folder, resume };
  try {
    const ending = await play(plan, progressFor(options.json));
    await conclude(folder, ending, options.json);
  } finally {
    features?.dispose();
  }
}
