import { type Command, Option } from 'commander';
import pc from 'picocolors';
import { startBackend } from '../backends/index.js';
import { evaluate } from '../evaluate.js';
import { openData } from '../openData.js';
import { gathered, threadsOption, wholeNumber } from '../options.js';
import { createGame, type Ending, play } from '../play.js';
import { jsonProgress, liveProgress, type Progress, plainProgress } from '../progress.js';
import { resolveVariant } from '../resolveVariant.js';
import { RunFolder } from '../runFolder.js';
import { resolveSettings, type SettingOptions } from '../settings.js';
import { versions } from '../versions.js';

interface TrainOptions extends SettingOptions {
  readonly data: string;
  readonly out?: string;
  readonly backend: string;
  readonly threads?: number;
  readonly json?: boolean;
}

export function addTrainCommand(program: Command): void {
  program
    .command('train')
    .description('train a GAN; writes samples, losses, checkpoints and an animation to a folder of its own')
    .argument('<variant>', 'a name from `gan variants`, or a package that exports a variant')
    .requiredOption('--data <name>', 'a name from `gan datasets`, or a folder')
    .option('--preset <name>', 'a named set of choices: see `gan variants <variant>`')
    .option('--out <dir>', "the run's folder (default: runs/<variant>-<data>)")
    .option('--epochs <n>', 'passes over the data', wholeNumber(1))
    .addOption(
      new Option('--steps <n>', 'training steps, instead of epochs')
        .argParser(wholeNumber(1))
        .conflicts('epochs'),
    )
    .option('--batch <n>', 'images a step', wholeNumber(1))
    .option('--seed <n>', 'the same seed gives the same run (default: 1)', wholeNumber(0))
    .option('--backend <name>', 'auto, or a name from `gan doctor`', 'auto')
    .addOption(threadsOption())
    .option('--config <file>', "JSON in the form of a run's config.json")
    .option('--set <key=value>', 'a setting of the variant; may be repeated', gathered)
    .option('--json', 'stream the events as JSON lines')
    .action(trainCommand);
}

async function trainCommand(name: string, options: TrainOptions): Promise<void> {
  const variant = await resolveVariant(name);
  const settings = await resolveSettings(variant, options);
  const data = await openData(options.data);
  const backend = await startBackend(options.backend, options.threads);
  const game = createGame(variant, data.info, settings);
  const folder = await RunFolder.create(options.out, `${variant.name}-${data.info.name}`, {
    variant: name,
    data: options.data,
    ...(settings.preset !== undefined && { preset: settings.preset }),
    seed: settings.seed,
    batch: settings.batch,
    ...settings.length,
    backend: backend.name,
    config: settings.config,
    image: { ...data.info.image },
    classes: [...(data.info.classes ?? [])],
    versions,
  });
  if (!options.json) {
    console.log(
      `${pc.bold(variant.name)} on ${data.info.name}, seed ${settings.seed}, backend ${backend.name}: ${backend.summary}`,
    );
    console.log(`${pc.dim('writing to')} ${folder.path}`);
  }
  let begun = false;
  const progress = progressFor(options.json);
  const show: Progress['show'] = (event) => {
    begun ||= event.type === 'step';
    progress.show(event);
  };
  try {
    const ending = await play({ variant, game, data, settings, folder }, { show });
    await conclude(folder, ending, options.json);
  } catch (error) {
    if (!begun) await folder.remove();
    throw error;
  }
}

/** The display that suits where the output goes. */
export function progressFor(json: boolean | undefined): Progress {
  if (json) return jsonProgress();
  return process.stdout.isTTY ? liveProgress() : plainProgress();
}

/** Says where things are and, where a judge of the data ships with ganjs, how good the images are. */
export async function conclude(folder: RunFolder, ending: Ending, json: boolean | undefined): Promise<void> {
  if (ending === 'stopped') {
    process.exitCode = 130;
    if (!json) console.log(`Stopped. Go on with: gan resume ${folder.path}`);
    return;
  }
  const result = await evaluate(folder.path, { n: 1000, seed: 1 });
  if (result) await folder.writeJson('metrics.json', result.scores);
  if (json) {
    if (result) console.log(JSON.stringify({ type: 'metrics', ...result.scores }));
    return;
  }
  if (result) console.log(result.summary);
  console.log(
    `Done. Look at ${pc.bold(`${folder.path}/final.png`)}, progress.gif and losses.svg there; more with: gan sample ${folder.path}`,
  );
}
