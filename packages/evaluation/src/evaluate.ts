import { captions } from './captions.js';
import { digits } from './digits.js';
import type { Evaluation, Scores, Subject, TrainedRun } from './evaluation.js';
import { modes } from './modes.js';
import { pairedTranslation } from './pairedTranslation.js';
import { superResolution } from './superResolution.js';
import { unpairedTranslation } from './unpairedTranslation.js';

/** Every evaluation of this package. */
export const evaluations: readonly Evaluation[] = [
  digits,
  modes,
  pairedTranslation,
  unpairedTranslation,
  superResolution,
  captions,
];

/** What an evaluation found. */
export interface EvaluationResult {
  /** The evaluation's name. */
  readonly name: string;
  readonly scores: Scores;
  /** The scores in a sentence or two. */
  readonly summary: string;
}

/** The evaluations that know a subject's task and data, by what the data tells of itself; none where none does. */
export function evaluationsFor(
  { task, info }: Subject,
  among: readonly Evaluation[] = evaluations,
): readonly Evaluation[] {
  return among.filter(({ needs, suits }) => needs.tasks.includes(task) && suits(info));
}

/**
 * Scores a run. Needs a started backend.
 *
 * @param evaluation default: the first that knows the run's task and data.
 * @returns undefined where none does.
 * @throws EvaluationError when the run's data lacks what the evaluation compares images with.
 */
export async function evaluate(
  run: TrainedRun,
  evaluation: Evaluation | undefined = evaluationsFor(run)[0],
): Promise<EvaluationResult | undefined> {
  if (!evaluation) return undefined;
  const scores = await evaluation.evaluate(run);
  return { name: evaluation.name, scores, summary: evaluation.summary(scores) };
}
