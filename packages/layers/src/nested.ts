import * as tf from '@tensorflow/tfjs';
import { fromSaved, type Initializer } from './initializer.js';
import { spectralNorm } from './spectralNorm.js';

/** How a configuration holds a layer: an instance, or its saved form. */
export type NestedLayer = tf.layers.Layer | tf.serialization.ConfigDict;

/** The layer that a configuration holds. */
export function layerOf(config: NestedLayer): tf.layers.Layer {
  return config instanceof tf.layers.Layer ? config : fromSaved(config);
}

/** A new layer with the template's configuration and another name. */
export function copyOf(template: tf.layers.Layer, name: string): tf.layers.Layer {
  return fromSaved({ className: template.getClassName(), config: { ...template.getConfig(), name } });
}

/** A square convolution inside a block. */
export interface NestedConv {
  name: string;
  filters: number;
  kernelSize: number;
  kernelInitializer: Initializer;
  useBias: boolean;
  spectral: boolean;
}

/** A `tf.layers.conv2d` with stride 1 and same padding, spectrally normalized on request. */
export function nestedConv({ spectral, name, ...config }: NestedConv): tf.layers.Layer {
  const conv = tf.layers.conv2d({ ...config, name: spectral ? 'conv' : name, padding: 'same' });
  return spectral ? spectralNorm({ layer: conv, name }) : conv;
}
