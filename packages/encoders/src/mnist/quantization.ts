import * as tf from '@tensorflow/tfjs';

/**
 * Packs a model's weights, layer by layer: for each output channel of a kernel a float32 scale, then the
 * float32 biases, then the kernel as int8 multiples of its channel's scale (largest weight / 127). A quarter
 * of the size of float32.
 *
 * @param model a model whose weights are kernel, bias, kernel, bias, …
 * @returns the bytes, for {@link unpackWeights} of a model of the same layers.
 */
export function packWeights(model: tf.LayersModel): Uint8Array {
  const parts: Uint8Array[] = [];
  const weights = model.getWeights();
  for (let i = 0; i < weights.length; i += 2) {
    const kernel = weights[i]!.dataSync();
    const biases = weights[i + 1]!.dataSync();
    const channels = biases.length;
    const scales = new Float32Array(channels);
    kernel.forEach((value, j) => {
      scales[j % channels] = Math.max(scales[j % channels]!, Math.abs(value) / 127);
    });
    const rounded = Int8Array.from(kernel, (value, j) => Math.round(value / (scales[j % channels]! || 1)));
    parts.push(float32Bytes(scales), float32Bytes(biases), new Uint8Array(rounded.buffer));
  }
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    bytes.set(part, offset);
    offset += part.length;
  }
  return bytes;
}

/** Sets a model's weights to those that {@link packWeights} packed. */
export function unpackWeights(model: tf.LayersModel, bytes: Uint8Array): void {
  let offset = 0;
  const take = (length: number) => {
    offset += length;
    return bytes.subarray(offset - length, offset);
  };
  tf.tidy(() => {
    const weights: tf.Tensor[] = [];
    const shapes = model.weights.map((weight) => weight.shape as number[]);
    for (let i = 0; i < shapes.length; i += 2) {
      const channels = shapes[i + 1]![0]!;
      const scales = float32Values(take(4 * channels));
      const biases = float32Values(take(4 * channels));
      const rounded = new Int8Array(take(tf.util.sizeFromShape(shapes[i]!)));
      const kernel = Float32Array.from(rounded, (value, j) => value * scales[j % channels]!);
      weights.push(tf.tensor(kernel, shapes[i]), tf.tensor1d(biases));
    }
    model.setWeights(weights);
  });
}

/** The bytes of float32 values, little-endian on every machine. */
export function float32Bytes(values: ArrayLike<number>): Uint8Array {
  const view = new DataView(new ArrayBuffer(4 * values.length));
  for (let i = 0; i < values.length; i++) view.setFloat32(4 * i, values[i]!, true);
  return new Uint8Array(view.buffer);
}

/** The values of {@link float32Bytes}. */
export function float32Values(bytes: Uint8Array): Float32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  return Float32Array.from({ length: bytes.length / 4 }, (_, i) => view.getFloat32(4 * i, true));
}
