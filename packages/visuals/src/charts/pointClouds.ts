import { chart, type Series } from './chart.js';
import { element } from './svg.js';

/** How to draw clouds of points. */
export interface CloudOptions {
  readonly title?: string;
  /** Both axes go from `-range` to `range`. Default 1.1, which leaves a margin around [-1, 1]. */
  readonly range?: number;
  /** Height of the picture (default 560); the width follows, as a unit is equally long on both axes. */
  readonly height?: number;
}

/**
 * Points in the plane as an SVG document, such as real ones under generated ones: later series lie on top. Every point
 * is drawn, so pass a few thousand at most. The same input gives the same bytes.
 *
 * @throws VisualsError when there is no series, or two share a name.
 */
export function pointClouds(series: readonly Series[], options: CloudOptions = {}): string {
  const { title, range = 1.1, height = 560 } = options;
  const domain = [-range, range] as const;
  const frame = { title, height, x: { name: 'x', domain }, y: { name: 'y', domain }, sign: '●' };
  return chart(series, frame, (points, { x, y, colour }) => [
    element(
      'g',
      { fill: colour, 'fill-opacity': 0.6 },
      ...points
        .filter((point) => Math.abs(point.x) <= range && Math.abs(point.y) <= range)
        .map((point) => element('circle', { cx: x(point.x), cy: y(point.y), r: 1.5 })),
    ),
  ]);
}
