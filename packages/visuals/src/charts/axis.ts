import { type ScaleLinear, scaleLinear } from 'd3-scale';
import { element, escaped, rounded } from './svg.js';

/** A named axis of numbers. */
export interface Axis {
  readonly name: string;
  /** The least and the greatest number that it holds. */
  readonly domain: readonly [least: number, greatest: number];
  /** Widens the domain to round numbers. */
  readonly nice?: boolean;
}

/** Where a number lies in the picture. */
export type Scale = ScaleLinear<number, number>;

/** A round number of an axis, and how it is written. */
export interface Tick {
  readonly value: number;
  readonly label: string;
}

/** The rectangle that holds the marks, in pixels. */
export interface Plot {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

const AXIS_COLOUR = '#54555a';
const GRID_COLOUR = '#eee';

/** Brings the axis to the pixels from `start` to `end`, and chooses about `count` ticks. */
export function layOut(
  { domain, nice }: Axis,
  [start, end]: readonly [number, number],
  count: number,
): { scale: Scale; ticks: readonly Tick[] } {
  const scale = scaleLinear().domain(domain).range([start, end]);
  if (nice) scale.nice(count);
  const values = scale.ticks(count);
  const write = scale.tickFormat(count, notation(Math.max(...values.map(Math.abs))));
  return { scale, ticks: values.map((value) => ({ value, label: value === 0 ? '0' : write(value) })) };
}

/** The format of d3 that keeps labels short: 20,000, 1.5M, 2e-5. d3 gives each the digits that tell it from the next. */
function notation(largest: number): string | undefined {
  if (largest < 1e-3 || largest >= 1e15) return 'e';
  return largest >= 1e6 ? 's' : undefined;
}

/** The horizontal axis below the plot, with a grid line for each tick. */
export function xAxis(name: string, scale: Scale, ticks: readonly Tick[], plot: Plot): string[] {
  const { left, right, top, bottom } = plot;
  const at = ticks.map(({ value, label }) => ({ x: rounded(scale(value)), label }));
  const text = { y: bottom + 18, 'text-anchor': 'middle' };
  return [
    lines(GRID_COLOUR, ...at.map(({ x }) => `M${x},${top}V${bottom}`)),
    lines(AXIS_COLOUR, `M${left},${bottom}H${right}`, ...at.map(({ x }) => `M${x},${bottom}v5`)),
    ...at.map(({ x, label }) => element('text', { x, ...text }, label)),
    element('text', { ...text, x: (left + right) / 2, y: bottom + 40 }, escaped(name)),
  ];
}

/** The vertical axis left of the plot, with a grid line for each tick. */
export function yAxis(name: string, scale: Scale, ticks: readonly Tick[], plot: Plot): string[] {
  const { left, right, top, bottom } = plot;
  const at = ticks.map(({ value, label }) => ({ y: rounded(scale(value)), label }));
  const middle = (top + bottom) / 2;
  return [
    lines(GRID_COLOUR, ...at.map(({ y }) => `M${left},${y}H${right}`)),
    lines(AXIS_COLOUR, `M${left},${top}V${bottom}`, ...at.map(({ y }) => `M${left},${y}h-5`)),
    ...at.map(({ y, label }) => element('text', { x: left - 9, y: y + 4, 'text-anchor': 'end' }, label)),
    element(
      'text',
      { transform: `translate(20 ${middle}) rotate(-90)`, 'text-anchor': 'middle' },
      escaped(name),
    ),
  ];
}

const lines = (colour: string, ...pieces: readonly string[]) =>
  element('path', { d: pieces.join(''), fill: 'none', stroke: colour, 'shape-rendering': 'crispEdges' });
