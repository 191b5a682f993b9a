import type * as tf from '@tensorflow/tfjs';
import { LayerConfigError, LayerShapeError, type Shape } from './errors.js';
import { GanLayer, type LayerConfig } from './layer.js';
import * as ops from './ops/reflectionPadding2d.js';
import { register } from './register.js';
import { imageChannels } from './shapes.js';

/** Configuration of {@link reflectionPadding2d}. */
export interface ReflectionPadding2dConfig extends LayerConfig {
  /** Pixels on every side, or [[top, bottom], [left, right]]. */
  padding: number | ops.Padding2d;
}

/** See {@link reflectionPadding2d}. */
export class ReflectionPadding2d extends GanLayer<{ padding: ops.Padding2d }> {
  static override readonly className = 'Ganjs>ReflectionPadding2d';

  constructor(config: ReflectionPadding2dConfig) {
    const { padding } = config;
    const sides: ops.Padding2d =
      typeof padding === 'number'
        ? [
            [padding, padding],
            [padding, padding],
          ]
        : padding;
    if (!sides.flat().every((p) => Number.isInteger(p) && p >= 0))
      throw new LayerConfigError('reflectionPadding2d', 'padding', 'whole numbers >= 0', padding);
    super(config, { padding: sides });
  }

  protected override checkShapes(shapes: Shape[]): void {
    imageChannels(this.name, shapes);
    this.settings.padding.forEach((sides, i) => {
      const size = shapes[0]![i + 1];
      if (typeof size === 'number' && Math.max(...sides) >= size)
        throw new LayerShapeError(
          this.name,
          `a ${i === 0 ? 'height' : 'width'} above the padding, ${Math.max(...sides)}`,
          shapes,
        );
    });
  }

  protected override shapeOf(shapes: Shape[]): (number | null)[] {
    const [rows, columns] = this.settings.padding.map(([before, after]) => before + after);
    const [batch, height, width, channels] = shapes[0]!;
    const grown = (n: number | null | undefined, more: number) => (n == null ? null : n + more);
    return [batch!, grown(height, rows!), grown(width, columns!), channels!];
  }

  protected override forward([x]: tf.Tensor[]): tf.Tensor {
    return ops.reflectionPadding2d(x as tf.Tensor4D, this.settings.padding);
  }
}
register(ReflectionPadding2d);

/**
 * Reflection padding: mirrors the image at its border pixels, which are not repeated (see
 * `ops.reflectionPadding2d`). Its gradient adds the mirrored pixels; that of `tf.mirrorPad` forgets them.
 *
 * Input: float32 [batch, height, width, channels].
 * Output: float32 [batch, height + top + bottom, width + left + right, channels].
 *
 * @throws LayerShapeError unless the image is larger than the padding; LayerConfigError for negative padding.
 */
export function reflectionPadding2d(config: ReflectionPadding2dConfig): ReflectionPadding2d {
  return new ReflectionPadding2d(config);
}
