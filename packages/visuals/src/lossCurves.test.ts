import { decode } from 'fast-png';
import { describe, expect, it } from 'vitest';
import { smooth, thin } from './curves.js';
import { lossCurves, type Point, VisualsError } from './index.js';
import { svgToPng } from './node.js';

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

describe('lossCurves', () => {
  const series = [
    { name: 'generator', points: curve(30_000, (x) => 1 + Math.sin(x)) },
    { name: 'discriminator', points: curve(30_000, (x) => 2 + Math.cos(x / 1000)) },
  ];

  it('draws a faint and a smoothed line per series, with names', () => {
    const svg = lossCurves(series, { title: 'DCGAN', xName: 'step', yName: 'loss' });
    for (const text of ['generator', 'discriminator', 'DCGAN', 'step', 'loss'])
      expect(svg).toContain(`>${text}</text>`);
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
    expect(svg).not.toMatch(/\bid=|class=|url\(#|<style|zr\d/);
  });

  it('skips values that are not finite', () => {
    const holes = curve(100, (x) => (x === 0 ? Number.NaN : x === 50 ? Number.POSITIVE_INFINITY : x));
    expect(lossCurves([{ name: 'a', points: holes }])).not.toMatch(/NaN|Infinity|undefined/);
    expect(lossCurves([{ name: 'a', points: [{ x: 1, y: Number.NaN }] }])).not.toMatch(/NaN|undefined/);
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

describe('svgToPng', () => {
  const text = (content: string) =>
    `<svg xmlns="http://www.w3.org/2000/svg" width="80" height="20"><rect width="80" height="20" fill="#fff"/>` +
    `<text x="2" y="15" font-family="'DejaVu Sans', sans-serif">${content}</text></svg>`;
  const darkPixels = (png: Uint8Array) => {
    const { data, channels } = decode(png);
    return data.filter((value, i) => i % channels === 0 && value < 128).length;
  };

  it('draws text with the fonts it brings', () => {
    expect(darkPixels(svgToPng(text('')))).toBe(0);
    expect(darkPixels(svgToPng(text('loss')))).toBeGreaterThan(50);
    expect(svgToPng(text('loss'))).not.toEqual(svgToPng(text('1055')));
  });

  it('scales', () => {
    expect(decode(svgToPng(text('a')))).toMatchObject({ width: 160, height: 40 });
    expect(decode(svgToPng(text('a'), { scale: 1 }))).toMatchObject({ width: 80, height: 20 });
  });

  it('refuses what is not SVG', () => {
    expect(() => svgToPng('hello')).toThrow();
  });
});
