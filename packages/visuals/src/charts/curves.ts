/** One measured value, such as a loss at a step. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/**
 * The exponential moving average of y, free of the bias towards zero at the start:
 * m_t = a m_(t-1) + (1 - a) y_t, shown as m_t / (1 - a^t) (Kingma and Ba 2015, section 3).
 *
 * @param points finite values, in order of x.
 * @param smoothing a in [0, 1): 0 returns the values.
 */
export function smooth(points: readonly Point[], smoothing: number): Point[] {
  let mean = 0;
  let weight = 0;
  return points.map(({ x, y }) => {
    mean = smoothing * mean + (1 - smoothing) * y;
    weight = smoothing * weight + (1 - smoothing);
    return { x, y: mean / weight };
  });
}

/**
 * At most `most` of the points, extremes included: of each stretch of equal length its lowest and highest, in
 * order, so that a spike is seen however long the curve is.
 */
export function thin(points: readonly Point[], most: number): Point[] {
  if (points.length <= most) return [...points];
  const stretches = Math.floor(most / 2);
  return Array.from({ length: stretches }, (_, k) => {
    const from = Math.floor((k * points.length) / stretches);
    const until = Math.floor(((k + 1) * points.length) / stretches);
    let low = from;
    let high = from;
    for (let i = from; i < until; i++) {
      if (points[i]!.y < points[low]!.y) low = i;
      if (points[i]!.y > points[high]!.y) high = i;
    }
    const ends = low === high ? [low] : [Math.min(low, high), Math.max(low, high)];
    return ends.map((i) => points[i]!);
  }).flat();
}

/**
 * The least and the greatest of some numbers. Where they are one number, some room around it; where there is none, from 0
 * to 1.
 */
export function extent(values: readonly number[]): [least: number, greatest: number] {
  const least = values.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  const greatest = values.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  if (least > greatest) return [0, 1];
  if (least < greatest) return [least, greatest];
  const room = Math.abs(least) / 2 || 1;
  return [least - room, least + room];
}
