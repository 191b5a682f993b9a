import { VisualsError } from '../errors.js';
import { type Axis, layOut, type Scale, xAxis, yAxis } from './axis.js';
import type { Point } from './curves.js';
import { legend, legendRows, ROW_HEIGHT } from './legend.js';
import { element, escaped } from './svg.js';

/** Named points: a curve, or a cloud. */
export interface Series {
  readonly name: string;
  /** A point that is not finite leaves no mark. */
  readonly points: readonly Point[];
}

/** Okabe and Ito's colours, told apart by most colour-blind people too; reordered for contrast on white. */
const COLOURS = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#e69f00', '#56b4e9', '#000000'];

const TEXT_COLOUR = '#464646';

/** What the charts have in common. */
export interface Frame {
  readonly title?: string | undefined;
  /** Default: what makes the plot a square. */
  readonly width?: number;
  readonly height: number;
  readonly x: Axis;
  readonly y: Axis;
  /** A character for the legend that looks like the marks. */
  readonly sign: string;
}

/** Draws the points of a series in its colour, at where the scales place them. */
export type Draw = (
  points: readonly Point[],
  style: { readonly x: Scale; readonly y: Scale; readonly colour: string },
) => readonly string[];

/**
 * A chart as an SVG document: title above, legend below, the marks of each series in its colour, later ones on top. The
 * same input gives the same bytes.
 *
 * @throws VisualsError when there is no series, or two share a name.
 */
export function chart(series: readonly Series[], frame: Frame, draw: Draw): string {
  checkNames(series);
  const { title, height, sign } = frame;
  const coloured = series.map((one, k) => ({ ...one, colour: COLOURS[k % COLOURS.length]! }));
  const rows = legendRows(coloured, frame.width ?? height);
  const top = title ? 56 : 28;
  const bottom = height - 64 - rows.length * ROW_HEIGHT;
  const y = layOut(frame.y, [bottom, top], Math.max(2, Math.round((bottom - top) / 50)));
  const left = 40 + 8 * Math.max(0, ...y.ticks.map(({ label }) => label.length));
  const width = frame.width ?? left + (bottom - top) + 32;
  const right = width - 32;
  const x = layOut(frame.x, [left, right], Math.max(2, Math.round((right - left) / 100)));
  const plot = { left, right, top, bottom };
  const middle = width / 2;
  const heading = { x: middle, y: 30, 'text-anchor': 'middle', 'font-size': 16, 'font-weight': 'bold' };
  return element(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      ...{ width, height, viewBox: `0 0 ${width} ${height}` },
      ...{ 'font-family': "'DejaVu Sans', sans-serif", 'font-size': 12, fill: TEXT_COLOUR },
    },
    [
      element('rect', { width, height, fill: '#fff' }),
      ...(title ? [element('text', heading, escaped(title))] : []),
      ...xAxis(frame.x.name, x.scale, x.ticks, plot),
      ...yAxis(frame.y.name, y.scale, y.ticks, plot),
      ...coloured.flatMap(({ points, colour }) => draw(points, { x: x.scale, y: y.scale, colour })),
      ...legend(rows, { x: middle, y: bottom + 72, sign }),
    ].join('\n'),
  );
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
