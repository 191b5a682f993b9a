import { describe, expect, it } from 'vitest';
import { extent, smooth, thin } from './curves.js';
import { lossCurves, type Point, VisualsError } from './index.js';

const curve = (n: number, y: (x: number) => number): Point[] =>
  Array.from({ length: n }, (_, x) => ({ x, y: y(x) }));

describe('smooth', () => {
  it('starts without bias and follows m = a m + (1 - a) y', () => {
    const points = smooth(
      curve(3, (x) => [1, 2, 4][x]!),
      0.5,
    );
    // (0.5 y1) / 0.5, (0.25 y1 + 0.5 y2) / 0.75, (0.125 y1 + 0.25 y2 + 0.5 y3) / 0.875
    expect(points.map(({ y }) => y)).toEqual([1, 5 / 3, 2.625 / 0.875]);
    expect(
      smooth(
        curve(4, (x) => x * x),
        0,
      ),
    ).toEqual(curve(4, (x) => x * x));
    expect(
      smooth(
        curve(50, () => 3),
        0.9,
      ).every(({ y }) => Math.abs(y - 3) < 1e-12),
    ).toBe(true);
  });
});

describe('thin', () => {
  it('keeps short curves, and the extremes of long ones in order', () => {
    expect(
      thin(
        curve(10, (x) => x),
        10,
      ),
    ).toHaveLength(10);
    const long = curve(54_321, (x) => (x === 777 ? 99 : x === 40_000 ? -99 : Math.sin(x)));
    const few = thin(long, 1000);
    expect(few.length).toBeLessThanOrEqual(1000);
    expect(few).toContainEqual({ x: 777, y: 99 });
    expect(few).toContainEqual({ x: 40_000, y: -99 });
    expect(few.every(({ x }, i) => i === 0 || x > few[i - 1]!.x)).toBe(true);
  });
});

describe('extent', () => {
  it('leaves room around one number, and needs none', () => {
    expect(extent([3, -1, 2])).toEqual([-1, 3]);
    expect(extent([4, 4])).toEqual([2, 6]);
    expect(extent([0])).toEqual([-1, 1]);
    expect(extent([])).toEqual([0, 1]);
  });
});

describe('lossCurves', () => {
  const series = [
    { name: 'generator', points: curve(30_000, (x) => 1 + Math.sin(x)) },
    { name: 'discriminator', points: curve(30_000, (x) => 2 + Math.cos(x / 1000)) },
  ];

  it('draws a faint and a smoothed line per series, with names', () => {
    const svg = lossCurves(series, { title: 'DCGAN', xName: 'step', yName: 'loss' });
    for (const text of ['DCGAN', 'step', 'loss']) expect(svg).toContain(`>${text}</text>`);
    for (const name of ['generator', 'discriminator'])
      expect(svg).toMatch(new RegExp(`</tspan>\\s${name}\\b`));
    for (const colour of ['#0072b2', '#d55e00']) {
      const strokes = svg.match(new RegExp(`<path[^>]*stroke="${colour}"[^>]*>`, 'g'))!;
      expect(strokes.filter((stroke) => stroke.includes('stroke-opacity="0.25"'))).toHaveLength(1);
      expect(strokes.filter((stroke) => stroke.includes('stroke-width="2"'))).toHaveLength(1);
    }
  });

  it('stays small and gives the same bytes each time, without ids', () => {
    const svg = lossCurves(series);
    expect(svg.length).toBeLessThan(100_000);
    expect(lossCurves(series)).toBe(svg);
    expect(svg).not.toMatch(/\bid=|class=|url\(#|<style/);
  });

  it('skips values that are not finite', () => {
    const holes = curve(100, (x) => (x === 0 ? Number.NaN : x === 50 ? Number.POSITIVE_INFINITY : x));
    expect(lossCurves([{ name: 'a', points: holes }])).not.toMatch(/NaN|Infinity|undefined/);
    expect(lossCurves([{ name: 'a', points: [{ x: 1, y: Number.NaN }] }])).not.toMatch(/NaN|undefined/);
  });

  it('draws a series of one point as a dot, and one of none in the legend only', () => {
    const svg = lossCurves([
      { name: 'one', points: [{ x: 5, y: 2 }] },
      { name: 'none', points: [] },
    ]);
    expect(svg.match(/<circle[^>]*>/g)).toEqual([expect.stringContaining('fill="#0072b2"')]);
    expect(svg).toContain('none</text>');
  });

  it('puts each point where its axes say', () => {
    const corners = [
      { x: 0, y: 0 },
      { x: 10, y: 1 },
    ];
    const svg = lossCurves([{ name: 'a', points: corners }], { smoothing: 0 });
    const path = /<path d="M([\d.]+),([\d.]+)L([\d.]+),([\d.]+)"/.exec(svg)!;
    const [left, bottom, right, top] = path.slice(1).map(Number) as [number, number, number, number];
    const xLabel = (x: number, label: string) => new RegExp(`<text x="${x}"[^>]*>${label}</text>`);
    const yLabel = (y: number, label: string) =>
      new RegExp(`<text x="[^"]*" y="${y + 4}"[^>]*>${label}</text>`);
    expect(svg).toMatch(xLabel(left, '0'));
    expect(svg).toMatch(xLabel(right, '10'));
    expect(svg).toMatch(yLabel(bottom, '0'));
    expect(svg).toMatch(yLabel(top, '1\\.0'));
  });

  it('breaks a long legend into rows, within the picture', () => {
    const many = Array.from({ length: 9 }, (_, k) => ({
      name: `discriminator/term number ${k}`,
      points: curve(9, (x) => x * k),
    }));
    const rows = lossCurves(many).match(/<text[^>]*><tspan.*<\/text>/g)!;
    expect(rows.map((row) => row.match(/term/g)!.length)).toEqual([3, 3, 3]);
    expect(rows.every((row) => Number(/ y="(\d+)"/.exec(row)![1]) < 480)).toBe(true);
  });

  it('escapes names', () => {
    expect(lossCurves([{ name: 'D(x) < 0 & "G"', points: curve(3, (x) => x) }])).toContain(
      'D(x) &lt; 0 &amp; ',
    );
  });

  it.each([
    [[], {}, /number of series is 0/],
    [[series[0]!, series[0]!], {}, /series name is 'generator' twice/],
    [series, { smoothing: 1 }, /smoothing is 1, expected a number in \[0, 1\)/],
  ])('refuses bad input', (input, options, message) => {
    expect(() => lossCurves(input, options)).toThrow(VisualsError);
    expect(() => lossCurves(input, options)).toThrow(message);
  });
});
