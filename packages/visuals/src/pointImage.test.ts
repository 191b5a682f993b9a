import { describe, expect, it } from 'vitest';
import { pointImage } from './pointImage.js';

const BLUE = [0, 0, 255] as const;
const RED = [255, 0, 0] as const;

describe('pointImage', () => {
  const pixel = (image: ReturnType<typeof pointImage>, x: number, y: number) => [
    ...image.data.subarray((y * image.width + x) * 3, (y * image.width + x) * 3 + 3),
  ];

  it('puts a point where it lies, y upwards, and leaves the rest white', () => {
    const image = pointImage([{ points: [0.5, 0.5], colour: BLUE }], { range: 1, side: 100 });
    expect([image.width, image.height, image.channels]).toEqual([100, 100, 3]);
    expect(pixel(image, 75, 24)).toEqual([102, 102, 255]);
    expect(image.data.filter((value) => value !== 255)).toHaveLength(9 * 2);
  });

  it('draws later clouds on top', () => {
    const image = pointImage(
      [
        { points: [0, 0], colour: BLUE },
        { points: [0, 0], colour: RED },
      ],
      { range: 1, side: 11 },
    );
    const [red, , blue] = pixel(image, 5, 5);
    expect(red).toBeGreaterThan(blue!);
  });

  it('leaves out what lies outside, and what is no number', () => {
    const image = pointImage([{ points: [9, 0, -9, 0, Number.NaN, 0], colour: BLUE }], { side: 20 });
    expect(image.data.every((value) => value === 255)).toBe(true);
  });

  it.each([{ range: 0 }, { side: 0 }, { range: Number.NaN }])('refuses %o', (options) => {
    expect(() => pointImage([], options)).toThrow(/expected/);
  });
});
