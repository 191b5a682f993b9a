import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { encodeGif, type Pixels, VisualsError } from './index.js';

/** Reads a GIF with another library: its frames below each other as RGB, and its timing. */
async function read(gif: Uint8Array) {
  const image = sharp(gif, { animated: true });
  const { pages, delay, loop, pageHeight } = await image.metadata();
  const { data, info } = await image.removeAlpha().raw().toBuffer({ resolveWithObject: true });
  return { pages, delay, loop, pageHeight, width: info.width, channels: info.channels, data };
}

const frame = (channels: 1 | 3 | 4, value: (i: number) => number): Pixels => {
  const data = Uint8Array.from({ length: 16 * 16 * channels }, (_, i) => value(i));
  return { width: 16, height: 16, channels, data };
};

describe('encodeGif', () => {
  it('keeps all 256 grays exactly', async () => {
    const frames = [frame(1, (i) => i), frame(1, (i) => 255 - i)];
    const gif = await read(encodeGif(frames));
    expect(gif).toMatchObject({ pages: 2, pageHeight: 16, width: 16, channels: 3 });
    const grays = [...frames[0]!.data, ...frames[1]!.data];
    expect([...gif.data]).toEqual(grays.flatMap((gray) => [gray, gray, gray]));
  });

  it('keeps colours close, with one palette for all frames', async () => {
    const frames = [0, 80, 160].map((shift) => frame(3, (i) => (i + shift * (i % 3)) % 256));
    const { data, pages } = await read(encodeGif(frames));
    expect(pages).toBe(3);
    const wanted = frames.flatMap((one) => [...one.data]);
    const error = wanted.reduce((sum, value, i) => sum + Math.abs(value - data[i]!), 0) / wanted.length;
    expect(error).toBeLessThan(8);
  });

  it('shows white where an image is transparent', async () => {
    const { data } = await read(encodeGif([frame(4, () => 0)]));
    expect([...data.subarray(0, 3)]).toEqual([255, 255, 255]);
  });

  it('holds the last frame and repeats as told', async () => {
    const frames = [0, 1, 2].map((gray) => frame(1, () => gray));
    expect(await read(encodeGif(frames, { delay: 50, hold: 900 }))).toMatchObject({
      delay: [50, 50, 900],
      loop: 0,
    });
    expect((await read(encodeGif(frames))).delay).toEqual([200, 200, 2000]);
    expect((await read(encodeGif(frames, { repeat: -1 }))).loop).toBe(1);
  });

  it('gives the same bytes for the same frames', () => {
    const make = () => encodeGif([frame(3, (i) => (i * 7) % 256), frame(3, (i) => (i * 11) % 256)]);
    expect(make()).toEqual(make());
  });

  it('refuses no frames and frames of two shapes', () => {
    expect(() => encodeGif([])).toThrow(VisualsError);
    expect(() => encodeGif([frame(1, () => 0), frame(3, () => 0)])).toThrow(
      /frame 1 is 16 x 16 x 3, expected 16 x 16 x 1, as the first/,
    );
  });
});
