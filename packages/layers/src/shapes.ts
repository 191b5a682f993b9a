import { LayerConfigError, LayerShapeError, type Shape } from './errors.js';

/** Throws a LayerShapeError unless `shapes` holds one shape of rank 4 with known channels; returns the channels. */
export function imageChannels(layer: string, shapes: readonly Shape[]): number {
  const [shape] = shapes;
  if (shapes.length !== 1 || shape?.length !== 4 || !shape[3])
    throw new LayerShapeError(
      layer,
      'images [batch, height, width, channels] with known channels',
      shapes,
      'Reshape the features to rank 4, channels last',
    );
  return shape[3];
}

/** Throws a LayerConfigError unless `value` is a whole number >= `least`; returns it. */
export function wholeNumber(layer: string, option: string, value: number, least = 1): number {
  if (!Number.isInteger(value) || value < least)
    throw new LayerConfigError(layer, option, `a whole number >= ${least}`, value);
  return value;
}

/** The shape of images after their height and width went through `size`; unknown sizes stay unknown. */
export function resized(shape: Shape, size: (n: number) => number, channels = shape[3]!): (number | null)[] {
  const [batch, height, width] = shape as [number | null, number | null, number | null];
  return [batch, height === null ? null : size(height), width === null ? null : size(width), channels];
}
