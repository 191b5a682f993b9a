import { LineChart } from 'echarts/charts';
import * as echarts from 'echarts/core';
import { type Point, smooth, thin } from './curves.js';
import { VisualsError } from './error.js';
import { axis, type Series, svgChart } from './svgChart.js';

echarts.use([LineChart]);

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
  const xAxis = { ...axis(xName, 30), min: 'dataMin', max: 'dataMax' };
  return svgChart(series, { title, width, height, xAxis, yAxis: axis(yName, 48) }, (points) => {
    const past = smoothing ?? 1 - 1 / Math.max(1, points.length / 50);
    const faint = past === 0 ? [] : [line(points, 1, 0.25)];
    return [...faint, line(smooth(points, past), 2, 1)];
  });
}

const line = (points: readonly Point[], width: number, opacity: number) => ({
  type: 'line' as const,
  data: thin(points, MOST_POINTS).map(({ x, y }) => [x, y]),
  showSymbol: points.length === 1,
  lineStyle: { width, opacity },
});
