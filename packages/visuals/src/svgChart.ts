import { GridComponent, LegendComponent, TitleComponent } from 'echarts/components';
import * as echarts from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import type { Point } from './curves.js';
import { VisualsError } from './error.js';

echarts.use([GridComponent, LegendComponent, TitleComponent, SVGRenderer]);

/** Named points: a curve, or a cloud. */
export interface Series {
  readonly name: string;
  /** A point that is not finite leaves no mark. */
  readonly points: readonly Point[];
}

/** Okabe and Ito's colours, told apart by most colour-blind people too; reordered for contrast on white. */
const COLOURS = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#e69f00', '#56b4e9', '#000000'];

/** What the charts have in common. */
export interface Frame {
  readonly title?: string | undefined;
  readonly width: number;
  readonly height: number;
  readonly xAxis: object;
  readonly yAxis: object;
}

/**
 * A chart as an SVG document: title above, legend below, `marks` of each series in its colour. The same input gives the
 * same bytes.
 *
 * @throws VisualsError when there is no series, or two share a name.
 */
export function svgChart(
  series: readonly Series[],
  { title, width, height, xAxis, yAxis }: Frame,
  marks: (points: readonly Point[]) => readonly object[],
): string {
  checkNames(series);
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
      xAxis,
      yAxis,
      series: series.flatMap(({ name, points }, k) =>
        marks(points.filter(({ x, y }) => Number.isFinite(x) && Number.isFinite(y))).map((mark) => ({
          name,
          color: COLOURS[k % COLOURS.length],
          silent: true,
          ...mark,
        })),
      ),
    });
    return withoutInteraction(chart.renderToSVGString());
  } finally {
    chart.dispose();
  }
}

/** A named axis of numbers; `nameGap` keeps the name clear of the numbers. */
export const axis = (name: string, nameGap: number) => ({
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

/**
 * Takes out what only a live chart needs: hover styles, and clip paths, as the axes hold every point. Their names
 * count up over the life of the process, so the same chart would otherwise differ from call to call.
 */
function withoutInteraction(svg: string): string {
  return svg
    .replace(/<(style|defs)\s*>.*?<\/\1>\s*/gs, '')
    .replace(/ (?:class|clip-path|ecmeta_\w+|pointer-events)="[^"]*"/g, '');
}

function checkNames(series: readonly Series[]): void {
  if (series.length === 0) {
    throw new VisualsError('number of series', 0, 'at least one', 'Pass something to draw.');
  }
  const twice = series.find(({ name }, k) => series.findIndex((other) => other.name === name) !== k);
  if (twice) {
    throw new VisualsError('series name', `'${twice.name}' twice`, 'different names', 'Rename one of them.');
  }
}
