import type * as tf from '@tensorflow/tfjs';
import { ambientNormal } from './ambientInitializers.js';
import { type Initializer, type InitializerConfig, initializerOf } from './initializer.js';
import type { LayerConfig } from './layer.js';
import { layerOf, type NestedLayer } from './nested.js';
import { wholeNumber } from './shapes.js';

/** What {@link unetDown} and {@link unetUp} share. */
export interface UnetBlockConfig extends LayerConfig {
  /** Output channels of the convolution. */
  filters: number;
  /** A template for the layer after the convolution; null for none. Default null. */
  norm?: NestedLayer | null;
  /** Default ambientNormal with mean 0 and deviation 0.02. */
  kernelInitializer?: InitializerConfig;
  /** Default true; leave it out in front of a normalization. */
  useBias?: boolean;
}

/** The resolved form of {@link UnetBlockConfig}. */
export interface UnetBlockSettings {
  filters: number;
  norm: tf.layers.Layer | null;
  kernelInitializer: Initializer;
  useBias: boolean;
}

/** Fills in the defaults. */
export function blockSettings(layer: string, config: UnetBlockConfig): UnetBlockSettings {
  const { norm = null } = config;
  return {
    filters: wholeNumber(layer, 'filters', config.filters),
    norm: norm && layerOf(norm),
    kernelInitializer: initializerOf(config.kernelInitializer, ambientNormal({ mean: 0, deviation: 0.02 })),
    useBias: config.useBias ?? true,
  };
}

/** The kernel of both steps: it halves, or doubles, exactly. */
export const FOUR_BY_FOUR = { kernelSize: 4, strides: 2, padding: 'same' } as const;
