import { disposeGame, sample } from '@ganjs/trainer';
import * as tf from '@tensorflow/tfjs';
import { openData, openHeldOut } from '../data/openData.js';
import { resolveVariant } from '../resolveVariant.js';
import { infoOfRun, RunFolder } from '../runFolder.js';
import { openTrainedGame } from '../trainedGame.js';
import type { Judge, Run, Scores } from './judge.js';

/** The judges that ship with ganjs; each is loaded when one is looked for. */
const judges: readonly (() => Promise<Judge>)[] = [
  async () => (await import('./digits.js')).digits,
  async () => (await import('./modes.js')).modes,
  async () => (await import('./pairedTranslation.js')).pairedTranslation,
  async () => (await import('./unpairedTranslation.js')).unpairedTranslation,
  async () => (await import('./superResolution.js')).superResolution,
  async () => (await import('./captions.js')).captions,
];

async function judgeOf(run: Run): Promise<Judge | undefined> {
  for (const load of judges) {
    const judge = await load();
    if (judge.suits(run)) return judge;
  }
  return undefined;
}

/**
 * Lets the judge of a run's task and data score what the run makes.
 *
 * @returns undefined where no judge of such runs ships with ganjs.
 */
export async function evaluate(
  path: string,
  { n, seed }: { n: number; seed: number },
): Promise<{ scores: Scores; summary: string } | undefined> {
  const { config } = await RunFolder.open(path);
  const { task } = await resolveVariant(config.variant);
  const run: Run = { task, data: config.data, info: infoOfRun(config) };
  const judge = await judgeOf(run);
  if (!judge) return undefined;
  const { game, position } = await openTrainedGame(path);
  try {
    const scores = await judge.evaluate({
      ...{ ...run, game, n, seed },
      heldOut: () => openHeldOut(config, task),
      trainedOn: async () => (await openData(config, task)).dataset,
      async sample(count, condition) {
        const { data, shape } = await sample(game, {
          n: count,
          seed,
          position,
          ...(condition && { condition }),
        });
        return tf.tensor4d(data, [...shape]);
      },
    });
    return { scores, summary: judge.summary(scores) };
  } finally {
    disposeGame(game);
  }
}
