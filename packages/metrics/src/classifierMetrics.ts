import { OptionError, ShapeError } from '@ganjs/errors';
import type { Rows } from './rows.js';

/** What a classifier says about a set of samples. */
export interface ClassifierMetrics {
  readonly samples: number;
  /** How many classes at least one sample was recognised as; fewer than all is mode collapse. */
  readonly classesCovered: number;
  /** [classes] The share of the samples recognised as each class; they sum to 1. */
  readonly shares: readonly number[];
  /** The largest of the shares: 1/classes is perfect balance. */
  readonly largestShare: number;
  /** The mean over the samples of the largest probability, in [1/classes, 1]. */
  readonly confidence: number;
  /** The share of the samples recognised as what they were asked to be; absent without labels. */
  readonly agreement?: number;
}

/**
 * Reads class probabilities as measures of coverage, balance, confidence and obedience.
 *
 * A sample counts as the class of its largest probability (the first one, in a tie). Confidence is not
 * quality: a classifier can be sure of an image that no one would recognise. Read it beside a distance.
 *
 * @param probabilities [samples, classes], each row in [0, 1] and summing to 1 within 1e-3.
 * @param options.labels [samples] the class that each sample was asked for, 0 … classes-1.
 * @throws OptionError when a row is not a distribution (logits were passed, for example), or a label is
 *   not a class.
 * @throws ShapeError when there is not one label for each sample.
 */
export function classifierMetrics(
  probabilities: Rows,
  options: { labels?: ArrayLike<number> } = {},
): ClassifierMetrics {
  const { data, samples, width: classes } = probabilities;
  requireDistributions('classifierMetrics', probabilities);
  if (options.labels) requireLabels(options.labels, samples, classes);

  const counts = new Array<number>(classes).fill(0);
  let confidence = 0;
  let agreeing = 0;
  for (let i = 0; i < samples; i++) {
    let best = 0;
    for (let k = 1; k < classes; k++) {
      if (data[i * classes + k]! > data[i * classes + best]!) best = k;
    }
    counts[best]!++;
    confidence += data[i * classes + best]!;
    if (options.labels?.[i] === best) agreeing++;
  }
  const shares = counts.map((count) => count / samples);
  return {
    samples,
    classesCovered: counts.filter((count) => count > 0).length,
    shares,
    largestShare: Math.max(...shares),
    confidence: confidence / samples,
    ...(options.labels && { agreement: agreeing / samples }),
  };
}

/**
 * The Inception Score's formula on any classifier: exp of the mean of KL(p(y|x) ‖ p(y)).
 *
 * The samples are split in their order into `splits` parts; part k holds rows ⌊kN/splits⌋ … ⌊(k+1)N/splits⌋ - 1.
 * Between 1 (every sample gets the same answer) and the number of classes (sure and balanced). Small parts
 * bias it downwards. On the 1008-way softmax without bias of the 2015 Inception graph this is the
 * Inception Score; on any other classifier call it by that one's name.
 *
 * @param probabilities [samples, classes]
 * @param options.splits 1 … samples, default 10.
 * @returns the mean and the population deviation of the parts' scores.
 * @throws OptionError when a row is not a distribution, or there are more splits than samples.
 * @see Salimans et al., "Improved Techniques for Training GANs", 2016, section 4.
 */
export function inceptionScore(
  probabilities: Rows,
  options: { splits?: number } = {},
): { mean: number; deviation: number } {
  const { data, samples, width: classes } = probabilities;
  const { splits = 10 } = options;
  requireDistributions('inceptionScore', probabilities);
  if (!Number.isInteger(splits) || splits < 1 || splits > samples) {
    throw new OptionError(
      'inceptionScore',
      `${splits} splits of ${samples} samples`,
      'a whole number of splits between 1 and the number of samples',
      'Use fewer splits or more samples.',
    );
  }

  const scores = Array.from({ length: splits }, (_, split) => {
    const first = Math.floor((split * samples) / splits);
    const end = Math.floor(((split + 1) * samples) / splits);
    const marginal = new Float64Array(classes);
    let negativeEntropy = 0;
    for (let i = first; i < end; i++) {
      for (let k = 0; k < classes; k++) {
        const p = data[i * classes + k]!;
        marginal[k]! += p / (end - first);
        negativeEntropy += timesLog(p) / (end - first);
      }
    }
    return Math.exp(negativeEntropy - marginal.reduce((sum, p) => sum + timesLog(p), 0));
  });
  const mean = scores.reduce((sum, score) => sum + score, 0) / splits;
  const variance = scores.reduce((sum, score) => sum + (score - mean) ** 2, 0) / splits;
  return { mean, deviation: Math.sqrt(variance) };
}

/** p ln p, continued by 0 at 0. */
function timesLog(p: number): number {
  return p > 0 ? p * Math.log(p) : 0;
}

function requireDistributions(where: string, { data, samples, width }: Rows): void {
  for (let i = 0; i < samples; i++) {
    let sum = 0;
    let lowest = 0;
    for (let k = 0; k < width; k++) {
      sum += data[i * width + k]!;
      lowest = Math.min(lowest, data[i * width + k]!);
    }
    if (lowest < 0 || Math.abs(sum - 1) > 1e-3) {
      throw new OptionError(
        where,
        `row ${i}, which sums to ${sum} with a smallest value of ${lowest}`,
        'probabilities: rows of values in [0, 1] that sum to 1',
        'Apply a softmax to logits first.',
      );
    }
  }
}

function requireLabels(labels: ArrayLike<number>, samples: number, classes: number): void {
  if (labels.length !== samples) {
    throw new ShapeError(
      'classifierMetrics',
      `${labels.length} labels for ${samples} samples`,
      'one label for each sample',
      'Pass the labels that the samples were generated from, in their order.',
    );
  }
  for (let i = 0; i < samples; i++) {
    const label = labels[i]!;
    if (!(Number.isInteger(label) && label >= 0 && label < classes)) {
      throw new OptionError(
        'classifierMetrics',
        `label ${label} for sample ${i}`,
        `a class, 0 … ${classes - 1}`,
        'Labels are class numbers, not one-hot rows.',
      );
    }
  }
}
