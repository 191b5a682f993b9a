import { encode } from 'fast-png';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { decodePng, encodePng, VisualsError } from './index.js';

describe.each([1, 3, 4] as const)('a PNG of %i channels', (channels) => {
  const data = Uint8Array.from({ length: 5 * 3 * channels }, (_, i) => (i * 37) % 256);
  const image = { width: 5, height: 3, channels, data };

  it('is lossless, and the same each time', () => {
    const png = encodePng(image);
    expect(decodePng(png)).toEqual(image);
    expect(encodePng(image)).toEqual(png);
  });

  it('is read by another library as it was written', async () => {
    const raw = await sharp(encodePng(image)).raw().toBuffer({ resolveWithObject: true });
    expect([raw.info.width, raw.info.height, [...raw.data]]).toEqual([
      5,
      3,
      [...data].flatMap((x) => (raw.info.channels === channels ? [x] : [x, x, x])),
    ]);
  });
});

describe('decodePng', () => {
  it('refuses what it cannot give back as it is', async () => {
    const gray = { width: 1, height: 1, channels: 1, data: Uint16Array.of(1), depth: 16 } as const;
    expect(() => decodePng(encode(gray))).toThrow(VisualsError);
    expect(() => decodePng(encode(gray))).toThrow(/PNG form is 1 channels of 16 bits/);
    const palette = await sharp({ create: { width: 4, height: 4, channels: 3, background: '#123' } })
      .png({ palette: true })
      .toBuffer();
    expect(() => decodePng(palette)).toThrow(/PNG form is a palette/);
  });

  it('refuses damaged files', () => {
    const png = encodePng({ width: 2, height: 2, channels: 1, data: new Uint8Array(4) });
    expect(() => decodePng(png.subarray(0, -20))).toThrow();
    png[png.length - 18]! ^= 1;
    expect(() => decodePng(png)).toThrow();
    expect(() => decodePng(Uint8Array.of(1, 2, 3))).toThrow();
  });
});
