import { LineChart } from 'echarts/charts';
import { GridComponent, LegendComponent, TitleComponent } from 'echarts/components';
import * as echarts from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { type Point, smooth, thin } from './curves.js';
import { VisualsError } from './error.js';

echarts.use([LineChart, GridComponent, LegendComponent, TitleComponent, SVGRenderer]);

/** A named curve. */
export interface Series {
  readonly name: string;
  /** In order of x. A y that is not finite leaves no mark. */
  readonly points: readonly Point[];
}

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

/** Points kept per curve: about as many as the picture has columns. */
const MOST_POINTS = 1000;

/** Okabe and Ito's colours, told apart by most colour-blind people too; reordered for contrast on white. */
const COLOURS = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#e69f00', '#56b4e9', '#000000'];

/**
 * Curves as an SVG document: a smoothed line over its faint raw values, each at most 1,000 points long,
 * with a legend and named axes. The same input gives the same bytes. Safe to inline: it has no ids.
 *
 * @param series at least one; a curve without finite points appears in the legend only.
 * @throws VisualsError when there is no series, two share a name, or `smoothing` is out of range.
 */
export function lossCurves(series: readonly Series[], options: CurveOptions = {}): string {
  const { title, xName = 'step', yName = 'loss', width = 960, height = 480, smoothing } = options;
  check(series, smoothing);
  const names = series.map(({ name }) => name);
  const longest = Math.max(...names.map((name) => name.length));
  const chart = echarts.init(null, null, { renderer: 'svg', ssr: true, width, height });
  try {
    chart.setOption({
      animation: false,
      backgroundColor: '#fff',
      textStyle: { fontFamily: "'DejaVu Sans', sans-serif" },
      ...(title && { title: { text: title, left: 'center', top: 12, textStyle: { fontSize: 16 } } }),
      // echarts knows no font here and takes text for narrower than it is: the gap grows with the text.
      legend: { data: names, bottom: 8, icon: 'roundRect', itemHeight: 4, itemGap: 16 + 1.5 * longest },
      grid: { left: 72, right: 32, top: title ? 56 : 28, bottom: 84, outerBoundsMode: 'none' },
      xAxis: { ...axis(xName, 30), min: 'dataMin', max: 'dataMax' },
      yAxis: axis(yName, 48),
      series: series.flatMap((one, k) => lines(one, COLOURS[k % COLOURS.length]!, smoothing)),
    });
    return withoutInteraction(chart.renderToSVGString());
  } finally {
    chart.dispose();
  }
}

const axis = (name: string, nameGap: number) => ({
  type: 'value' as const,
  name,
  nameGap,
  nameLocation: 'middle' as const,
  scale: true,
  axisLine: { onZero: false },
  axisLabel: { formatter: shortNumber },
  splitLine: { lineStyle: { color: '#eee' } },
});

const compact = new Intl.NumberFormat('en', { notation: 'compact', maximumSignificantDigits: 4 });

/** 1200 as 1.2K, 0.00001 as 1e-5: short enough for an axis. */
const shortNumber = (value: number) =>
  value !== 0 && Math.abs(value) < 1e-3 ? value.toExponential() : compact.format(value);

/** The faint raw line and the smoothed one over it; they share a name, so the legend shows one entry. */
function lines({ name, points }: Series, color: string, smoothing?: number) {
  const finite = points.filter(({ x, y }) => Number.isFinite(x) && Number.isFinite(y));
  const past = smoothing ?? 1 - 1 / Math.max(1, finite.length / 50);
  const line = (data: readonly Point[], width: number, opacity: number) => ({
    name,
    type: 'line' as const,
    data: data.map(({ x, y }) => [x, y]),
    showSymbol: data.length === 1,
    silent: true,
    color,
    lineStyle: { width, opacity },
  });
  return [
    line(thin(finite, MOST_POINTS), 1, past === 0 ? 0 : 0.25),
    line(thin(smooth(finite, past), MOST_POINTS), 2, 1),
  ];
}

/**
 * Takes out what only a live chart needs: hover styles, and clip paths, as the axes hold every point. Their names
 * count up over the life of the process, so the same chart would otherwise differ from call to call.
 */
function withoutInteraction(svg: string): string {
  return svg
    .replace(/<(style|defs)\s*>.*?<\/\1>\s*/gs, '')
    .replace(/ (?:class|clip-path|ecmeta_\w+|pointer-events)="[^"]*"/g, '');
}

function check(series: readonly Series[], smoothing?: number): void {
  if (series.length === 0) {
    throw new VisualsError('number of series', 0, 'at least one', 'Pass a curve to draw.');
  }
  const twice = series.find(({ name }, k) => series.findIndex((other) => other.name === name) !== k);
  if (twice) {
    throw new VisualsError('series name', `'${twice.name}' twice`, 'different names', 'Rename one of them.');
  }
  if (smoothing !== undefined && !(smoothing >= 0 && smoothing < 1)) {
    throw new VisualsError('smoothing', smoothing, 'a number in [0, 1)', 'Use 0 for none and 0.98 for much.');
  }
}
