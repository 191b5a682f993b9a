import { type EvaluationResult, evaluate, evaluations, evaluationsFor, trainedRun } from '@ganjs/evaluation';
import { disposeGame } from '@ganjs/trainer';
import { startBackend } from '../backends/index.js';
import { openData, openHeldOut } from '../data/openData.js';
import { resolveVariant } from '../resolveVariant.js';
import { infoOfRun, RunFolder } from '../runFolder.js';
import { openTrainedGame } from '../trainedGame.js';
import { UsageError } from '../usageError.js';

export interface EvaluateOptions {
  readonly n: number;
  readonly seed: number;
  readonly backend: string;
  readonly threads?: number;
  readonly json?: boolean;
}

/** `gan evaluate` */
export async function evaluateCommand(path: string, options: EvaluateOptions): Promise<void> {
  const { folder, config } = await RunFolder.open(path);
  await startBackend(options.backend, options.threads);
  const result = await evaluateRun(path, options);
  if (!result) {
    const known = evaluations.map(
      ({ name, needs }) => `  ${name}: ${needs.tasks.join(' or ')} on ${needs.data}`,
    );
    throw new UsageError(
      `No evaluation knows ${config.variant} on ${config.data}. There are:\n${known.join('\n')}`,
    );
  }
  await folder.writeJson('metrics.json', result.scores);
  console.log(options.json ? JSON.stringify(result.scores) : result.summary);
}

/**
 * Scores what a run makes, by the evaluation that knows its task and data. Needs a started backend.
 *
 * @returns undefined where there is none.
 */
export async function evaluateRun(
  path: string,
  { n, seed }: { readonly n: number; readonly seed: number },
): Promise<EvaluationResult | undefined> {
  const { config } = await RunFolder.open(path);
  const { task } = await resolveVariant(config.variant);
  const info = infoOfRun(config);
  const [evaluation] = evaluationsFor({ task, info });
  if (!evaluation) return undefined;
  const { game, position } = await openTrainedGame(path);
  try {
    const run = trainedRun(game, {
      ...{ task, info, position, n, seed },
      heldOut: () => openHeldOut(config, task),
      trainedOn: async () => (await openData(config, task)).dataset,
    });
    return await evaluate(run, evaluation);
  } finally {
    disposeGame(game);
  }
}
