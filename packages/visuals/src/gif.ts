// Other packages compile this file without this one's list of files.
/// <reference path="./gifenc.d.ts" />
import * as namespace from 'gifenc';
import { VisualsError } from './errors.js';
import { type Pixels, toOpaqueRgba } from './pixels.js';

const gifenc = ('quantize' in namespace ? namespace : namespace.default) as NonNullable<
  typeof namespace.default
>;

/** How to play an animation. */
export interface GifOptions {
  /** Milliseconds per frame (default 200); GIF counts in steps of 10. */
  readonly delay?: number;
  /** Milliseconds that the last frame stays (default 2000), so that the result can be looked at. */
  readonly hold?: number;
  /** How often to play: 0 forever (default), -1 once, otherwise that many times. */
  readonly repeat?: number;
}

/**
 * A GIF animation.
 *
 * One palette serves all frames, so what stands still does not flicker: the 256 grays for gray frames (exact),
 * otherwise the 256 colours that fit all frames best (pairwise nearest neighbours). Transparency becomes white.
 *
 * @param frames at least one; all of one size and number of channels.
 * @throws VisualsError when there is no frame or when they differ in shape.
 */
export function encodeGif(frames: readonly Pixels[], options: GifOptions = {}): Uint8Array {
  const { delay = 200, hold = 2000, repeat = 0 } = options;
  const first = frames[0];
  if (!first) throw new VisualsError('number of frames', 0, 'at least one', 'Pass frames to animate.');
  for (const [k, frame] of frames.entries()) {
    if (frame.width !== first.width || frame.height !== first.height || frame.channels !== first.channels) {
      throw new VisualsError(
        `frame ${k}`,
        `${frame.width} x ${frame.height} x ${frame.channels}`,
        `${first.width} x ${first.height} x ${first.channels}, as the first`,
        'Animate frames of one shape.',
      );
    }
  }

  const { palette, indexed } = first.channels === 1 ? grays(frames) : colours(frames);
  const encoder = gifenc.GIFEncoder();
  for (const [k, index] of indexed.entries()) {
    encoder.writeFrame(index, first.width, first.height, {
      ...(k === 0 && { palette, repeat }),
      delay: k === frames.length - 1 ? hold : delay,
    });
  }
  encoder.finish();
  return encoder.bytes();
}

function grays(frames: readonly Pixels[]) {
  const palette = Array.from({ length: 256 }, (_, gray) => [gray, gray, gray]);
  return { palette, indexed: frames.map((frame) => frame.data) };
}

function colours(frames: readonly Pixels[]) {
  const rgba = frames.map(toOpaqueRgba);
  const length = rgba[0]!.length;
  const all = new Uint8Array(length * rgba.length);
  for (const [k, frame] of rgba.entries()) all.set(frame, k * length);
  const palette = gifenc.quantize(all, 256);
  return { palette, indexed: rgba.map((frame) => gifenc.applyPalette(frame, palette)) };
}
