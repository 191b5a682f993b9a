import { ScatterChart } from 'echarts/charts';
import * as echarts from 'echarts/core';
import { axis, type Series, svgChart } from './svgChart.js';

echarts.use([ScatterChart]);

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
  const around = { min: -range, max: range, axisLabel: { showMinLabel: false, showMaxLabel: false } };
  const margin = { across: 72 + 32, along: (title ? 56 : 28) + 84 }; // of the chart's grid
  const width = height - margin.along + margin.across;
  const axes = { xAxis: { ...axis('x', 30), ...around }, yAxis: { ...axis('y', 40), ...around } };
  return svgChart(series, { title, width, height, ...axes }, (points) => [
    {
      type: 'scatter' as const,
      data: points
        .filter(({ x, y }) => Math.abs(x) <= range && Math.abs(y) <= range)
        .map(({ x, y }) => [x, y]),
      symbolSize: 3,
      itemStyle: { opacity: 0.6 },
    },
  ]);
}
