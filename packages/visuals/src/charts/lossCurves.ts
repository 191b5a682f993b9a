import { line } from 'd3-shape';
import { VisualsError } from '../errors.js';
import { chart, type Series } from './chart.js';
import { extent, type Point, smooth, thin } from './curves.js';
import { element } from './svg.js';

/** How to draw curves. */
export interface CurveOptions {
  readonly title?: string;
  /** Default `'step'`. */
  readonly xName?: string;
  /** Default `'loss'`. */
  readonly yName?: string;
  /** Default 960. */
  readonly width?: number;
  /** Default 480. */
  readonly height?: number;
  /** Weight of the past in the moving average, in [0, 1). Default: a memory of a fiftieth of the points. */
  readonly smoothing?: number;
}

/** Points kept per line: about as many as the picture has columns. */
const MOST_POINTS = 1000;

/**
 * Curves as an SVG document: a smoothed line over its faint raw values, each at most 1,000 points long, with a legend and
 * named axes. The same input gives the same bytes. Safe to inline: it has no ids.
 *
 * @param series at least one, points in order of x; one without finite points appears in the legend only.
 * @throws VisualsError when there is no series, two share a name, or `smoothing` is out of range.
 */
export function lossCurves(series: readonly Series[], options: CurveOptions = {}): string {
  const { title, xName = 'step', yName = 'loss', width = 960, height = 480, smoothing } = options;
  if (smoothing !== undefined && !(smoothing >= 0 && smoothing < 1)) {
    throw new VisualsError('smoothing', smoothing, 'a number in [0, 1)', 'Use 0 for none and 0.98 for much.');
  }
  const finite = series.map(({ name, points }) => ({ name, points: points.filter(isFinitePoint) }));
  const all = finite.flatMap(({ points }) => points);
  const frame = {
    ...{ title, width, height, sign: '━━' },
    x: { name: xName, domain: extent(all.map(({ x }) => x)) },
    y: { name: yName, domain: extent(all.map(({ y }) => y)), nice: true },
  };
  return chart(finite, frame, (points, { x, y, colour }) => {
    const [first] = points;
    if (!first) return [];
    if (points.length === 1)
      return [element('circle', { cx: x(first.x), cy: y(first.y), r: 2, fill: colour })];
    const path = line<Point>(
      (point) => x(point.x),
      (point) => y(point.y),
    ).digits(2);
    const curve = (shown: readonly Point[], thickness: number, opacity?: number) =>
      element('path', {
        d: path(thin(shown, MOST_POINTS))!,
        ...{ fill: 'none', stroke: colour, 'stroke-width': thickness, 'stroke-opacity': opacity },
        'stroke-linejoin': 'bevel',
      });
    const past = smoothing ?? 1 - 1 / Math.max(1, points.length / 50);
    const faint = past === 0 ? [] : [curve(points, 1, 0.25)];
    return [...faint, curve(smooth(points, past), 2)];
  });
}

const isFinitePoint = ({ x, y }: Point) => Number.isFinite(x) && Number.isFinite(y);
