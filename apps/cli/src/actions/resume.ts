import { batchesPerStep, parseConfig } from '@ganjs/trainer';
import { startBackend } from '../backends/index.js';
import { openData, openHeldOut } from '../data/openData.js';
import { openFeatureNetwork } from '../featureNetwork.js';
import { createGame, play } from '../play.js';
import { resolveVariant } from '../resolveVariant.js';
import { RunFolder } from '../runFolder.js';
import { lengthOf, type Settings } from '../settings.js';
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
  const features = await openFeatureNetwork(config.features);
  const settings = { config: parseConfig(variant, config.config), seed };
  const game = createGame(variant, data.info, settings, features);
  await folder.forgetAfter(resume.step);
  const perEpoch = Math.floor(data.info.size / batch / batchesPerStep(game));
  // Without another length it is the run's, which an earlier resume may have changed.
  const before = resume.length.steps;
  const whole = config.epochs !== undefined && before % perEpoch === 0;
  const length: Settings['length'] =
    lengthOf(options) ?? (whole ? { epochs: before / perEpoch } : { steps: before });
  const steps = 'steps' in length ? length.steps : length.epochs * perEpoch;
  if (before <= resume.step && resume.step < steps && !options.json) {
    console.log(
      'The run was finished: what follows a schedule, such as its learning rates, goes on from its last step.',
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
