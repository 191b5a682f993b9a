import * as tf from '@tensorflow/tfjs';
import { ambientNormal } from './ambientInitializers.js';
import { LayerConfigError } from './errors.js';
import { type Initializer, type InitializerConfig, initializerOf } from './initializer.js';
import type { LayerConfig } from './layer.js';

/** What {@link equalizedDense} and {@link equalizedConv2d} share. */
export interface EqualizedConfig extends LayerConfig {
  /** Gain of the layer: √2 before a ReLU in ProGAN and StyleGAN, 1 in StyleGAN2 and 3. Default 1. */
  gain?: number;
  /** Learning-rate multiplier: multiplies weights and biases at run time. Default 1; mapping networks use 0.01. */
  learningRateMultiplier?: number;
  /** Default true. */
  useBias?: boolean;
  /** Of the stored kernel. Default ambientNormal with mean 0 and deviation 1 / learningRateMultiplier. */
  kernelInitializer?: InitializerConfig;
  /** Of the stored bias. Default zeros. */
  biasInitializer?: InitializerConfig;
}

/** The resolved form of {@link EqualizedConfig}. */
export interface EqualizedSettings {
  gain: number;
  learningRateMultiplier: number;
  useBias: boolean;
  kernelInitializer: Initializer;
  biasInitializer: Initializer;
}

/** Fills in the defaults. Throws a LayerConfigError unless the multiplier is above 0. */
export function equalizedSettings(layer: string, config: EqualizedConfig): EqualizedSettings {
  const multiplier = config.learningRateMultiplier ?? 1;
  if (!(multiplier > 0)) throw new LayerConfigError(layer, 'learningRateMultiplier', 'above 0', multiplier);
  const normal = ambientNormal({ mean: 0, deviation: 1 / multiplier });
  return {
    gain: config.gain ?? 1,
    learningRateMultiplier: multiplier,
    useBias: config.useBias ?? true,
    kernelInitializer: initializerOf(config.kernelInitializer, normal),
    biasInitializer: initializerOf(config.biasInitializer, tf.initializers.zeros()),
  };
}
