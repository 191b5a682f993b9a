import { decode } from 'fast-png';
import { describe, expect, it } from 'vitest';
import { svgToPng } from '../node.js';
import { pointClouds, VisualsError } from './index.js';

const clouds = [
  {
    name: 'real',
    points: [
      { x: -1, y: -1 },
      { x: 1, y: 1 },
    ],
  },
  {
    name: 'generated',
    points: [
      { x: 0, y: 0.5 },
      { x: Number.NaN, y: 0 },
      { x: 7, y: 0 },
    ],
  },
];

describe('pointClouds', () => {
  it('draws each finite point within the range', () => {
    const svg = pointClouds(clouds, { title: 'Ring' });
    expect(svg).toMatch(/<\/tspan>\sgenerated<\/text>/);
    const groups = svg.matchAll(/<g fill="(#\w+)"[^>]*>(.*?)<\/g>/g);
    expect([...groups].map(([, colour, marks]) => [colour, marks!.match(/<circle /g)!.length])).toEqual([
      ['#0072b2', 2],
      ['#d55e00', 1],
    ]);
    expect(svg).not.toMatch(/NaN|\bid=|class=/);
    expect(pointClouds(clouds, { title: 'Ring' })).toBe(svg);
  });

  it('has units of one length on both axes', () => {
    // The corners (-1, -1) and (1, 1) are as far apart across as along.
    const { data, width, channels } = decode(svgToPng(pointClouds([clouds[0]!]), { scale: 1 }));
    const blue = Array.from({ length: data.length / channels }, (_, i) => i).filter((i) => {
      const [red, , b] = data.subarray(i * channels, i * channels + 3) as unknown as number[];
      return b! - red! > 60 && Math.floor(i / width) < 480; // above the legend
    });
    const [xs, ys] = [blue.map((i) => i % width), blue.map((i) => Math.floor(i / width))];
    const across = Math.max(...xs) - Math.min(...xs);
    const along = Math.max(...ys) - Math.min(...ys);
    expect(across).toBeGreaterThan(300);
    expect(Math.abs(across - along)).toBeLessThanOrEqual(2);
  });

  it('refuses an empty chart', () => {
    expect(() => pointClouds([])).toThrow(VisualsError);
  });
});
