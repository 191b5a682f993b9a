import { OptionError, ShapeError } from '@ganjs/errors';
import munkres from 'munkres';

/** How well clusters found without labels are the classes. */
export interface Clustering {
  /** The share of samples whose cluster is matched to their class, in [1/k, 1]. */
  readonly accuracy: number;
  /** [k] The class that each cluster is matched to, each to another one. */
  readonly classOf: readonly number[];
}

/**
 * The accuracy of clusters under the best one-to-one matching of clusters to classes:
 *
 *     max over permutations p of  (1/n) Σ_i [p(assigned_i) = labels_i]
 *
 * found by the Hungarian method. Chance is about 1/k. With fewer classes than clusters let k be the number of
 * clusters: those too many are matched to classes that nothing is of.
 *
 * @param assigned [n] the cluster of each sample, 0 … k-1.
 * @param labels [n] the class of each sample, 0 … k-1.
 * @param k number of clusters, and of classes.
 * @throws ShapeError when there are no samples, or not one label for each.
 * @throws OptionError when a number is not in 0 … k-1.
 * @see Kuhn, "The Hungarian method for the assignment problem", 1955; Yang et al., "Image Clustering Using Local
 *   Discriminant Models and Global Integration", 2010, equation 19.
 * @example
 * clusteringAccuracy([0, 0, 1, 1], [1, 1, 0, 1], 2); // { accuracy: 0.75, classOf: [1, 0] }
 */
export function clusteringAccuracy(
  assigned: ArrayLike<number>,
  labels: ArrayLike<number>,
  k: number,
): Clustering {
  const n = assigned.length;
  if (n === 0 || labels.length !== n) {
    throw new ShapeError(
      'clusteringAccuracy',
      `${n} clusters and ${labels.length} labels`,
      'one of each for every sample, and at least one sample',
      'Pass the labels in the order of the samples.',
    );
  }
  const counts = Array.from({ length: k }, () => new Array<number>(k).fill(0));
  for (let i = 0; i < n; i++) {
    const [cluster, label] = [assigned[i]!, labels[i]!];
    for (const [name, value] of Object.entries({ cluster, label })) {
      if (!(Number.isInteger(value) && value >= 0 && value < k)) {
        throw new OptionError(
          'clusteringAccuracy',
          `the ${name} ${value} for sample ${i}`,
          `a whole number in 0 … ${k - 1}`,
          'Count clusters and classes from 0, and let k be the larger of their numbers.',
        );
      }
    }
    counts[cluster]![label]!++;
  }
  const classOf = new Array<number>(k).fill(0);
  let right = 0;
  for (const [cluster, label] of munkres(counts.map((row) => row.map((count) => -count)))) {
    classOf[cluster] = label;
    right += counts[cluster]![label]!;
  }
  return { accuracy: right / n, classOf };
}
