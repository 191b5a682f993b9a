import type { Stream } from '@ganjs/random';
import * as tf from '@tensorflow/tfjs';
import { type Affine, aroundCentre, product, rotation, scaling, translation } from '../affine.js';
import { perSample } from '../augmentation.js';
import { reflected, sampleNearest } from '../resample.js';
import { gate } from './gate.js';
import { warp } from './warp.js';

/** What happens to the places of one image's pixels, in this order. */
export interface Geometry {
  /** Whether left and right change places. */
  flip: boolean;
  /** Turns by 90 degrees. */
  quarterTurns: number;
  /** Whole pixels. */
  shiftX: number;
  shiftY: number;
  /** Above 1 enlarges. */
  scale: number;
  /** Radians, before and after the stretch. */
  turnBefore: number;
  turnAfter: number;
  /** x is multiplied by it, y divided. */
  stretch: number;
  /** Pixels and parts of pixels. */
  moveX: number;
  moveY: number;
}

/** The pixel blitting of appendix B: only whole pixels change places. */
export function drawBlit(stream: Stream, n: number, p: number, height: number, width: number) {
  const draw = (name: string, f: (stream: Stream) => Float32Array) => gate(stream, name, n, p, f);
  const flip = draw('flip', (s) => s.mask(n, 0.5));
  const quarterTurns = draw('quarterTurns', (s) => Float32Array.from(s.integers(n, 4)));
  const shiftX = draw('shift', (s) => s.fold('x').uniform(n, -0.125, 0.125));
  const shiftY = draw('shift', (s) => s.fold('y').uniform(n, -0.125, 0.125));
  return (i: number) => ({
    flip: flip[i]! > 0,
    quarterTurns: quarterTurns[i]!,
    shiftX: Math.round(shiftX[i]! * width),
    shiftY: Math.round(shiftY[i]! * height),
  });
}

/** The general geometric transformations of appendix B. */
export function drawGeneral(stream: Stream, n: number, p: number, height: number, width: number) {
  const draw = (name: string, chance: number, f: (stream: Stream) => Float32Array, neutral?: number) =>
    gate(stream, name, n, chance, f, neutral);
  const powersOfTwo = (s: Stream) => s.normal(n, 0, 0.2).map((x) => 2 ** x);
  const angles = (s: Stream) => s.uniform(n, -Math.PI, Math.PI);
  // Two chances to rotate, so that either fires with probability p.
  const turning = 1 - Math.sqrt(1 - p);
  const scale = draw('scale', p, powersOfTwo, 1);
  const turnBefore = draw('turnBefore', turning, angles);
  const stretch = draw('stretch', p, powersOfTwo, 1);
  const turnAfter = draw('turnAfter', turning, angles);
  const moveX = draw('move', p, (s) => s.fold('x').normal(n, 0, 0.125));
  const moveY = draw('move', p, (s) => s.fold('y').normal(n, 0, 0.125));
  return (i: number) => ({
    scale: scale[i]!,
    turnBefore: turnBefore[i]!,
    stretch: stretch[i]!,
    turnAfter: turnAfter[i]!,
    moveX: moveX[i]! * width,
    moveY: moveY[i]! * height,
  });
}

/** The map of the blitting alone, from output to input places around the centre. */
function blitInverse({ flip, quarterTurns, shiftX, shiftY }: Geometry): Affine {
  return product(
    scaling(flip ? -1 : 1, 1),
    rotation((-Math.PI / 2) * quarterTurns),
    translation(-shiftX, -shiftY),
  );
}

/** The whole map, from output to input places around the centre. */
export function inverse(g: Geometry): Affine {
  return product(
    blitInverse(g),
    scaling(1 / g.scale, 1 / g.scale),
    rotation(-g.turnBefore),
    scaling(1 / g.stretch, g.stretch),
    rotation(-g.turnAfter),
    translation(-g.moveX, -g.moveY),
  );
}

function isGeneral(g: Geometry): boolean {
  return (
    g.scale !== 1 ||
    g.stretch !== 1 ||
    g.turnBefore !== 0 ||
    g.turnAfter !== 0 ||
    g.moveX !== 0 ||
    g.moveY !== 0
  );
}

/**
 * Moves the pixels of each image. Where only whole pixels move they are copied; the others go through `warp`.
 *
 * @param images float32 [N, H, W, C].
 * @param geometries one a sample.
 * @returns float32 [N, H, W, C].
 */
export function transformGeometry(images: tf.Tensor4D, geometries: readonly Geometry[]): tf.Tensor4D {
  const [, height, width] = images.shape;
  const general = Float32Array.from(geometries, (g) => (isGeneral(g) ? 1 : 0));
  const warped = general.some((flag) => flag === 1);
  return tf.tidy(() => {
    if (general.every((flag) => flag === 1)) return warp(images, geometries.map(inverse));
    const maps = geometries.map((g) => aroundCentre(blitInverse(g), height, width));
    const blitted = sampleNearest(images, maps, reflected);
    if (!warped) return blitted;
    const chosen = perSample(general);
    return tf.add(tf.mul(chosen, warp(images, geometries.map(inverse))), tf.mul(tf.sub(1, chosen), blitted));
  });
}
