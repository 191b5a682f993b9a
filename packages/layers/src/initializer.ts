import * as tf from '@tensorflow/tfjs';
import type { Initializer } from './ambientInitializers.js';
import { LayerConfigError } from './errors.js';

export type { Initializer };

/** How a configuration names an initializer: an instance, its name (`'glorotUniform'`), or its saved form. */
export type InitializerConfig = Initializer | string | tf.serialization.ConfigDict;

/** The object that was saved as `{className, config}`. Throws a LayerConfigError for an unknown class. */
export function fromSaved<T extends tf.serialization.Serializable>(saved: tf.serialization.ConfigDict): T {
  const { className, config } = saved as { className: string; config: tf.serialization.ConfigDict };
  const entry = tf.serialization.SerializationMap.getMap().classNameMap[className];
  if (!entry)
    throw new LayerConfigError(
      'a layer',
      'className',
      'the name of a registered class: import its package, or call tf.serialization.registerClass',
      className,
    );
  const [cls, fromConfig] = entry;
  return fromConfig(cls, config) as T;
}

/** The initializer that a configuration names; `fallback` when it names none. */
export function initializerOf(
  config: InitializerConfig | null | undefined,
  fallback: Initializer,
): Initializer {
  if (config == null) return fallback;
  if (config instanceof tf.serialization.Serializable) return config as Initializer;
  if (typeof config === 'string')
    return fromSaved({ className: config[0]!.toUpperCase() + config.slice(1), config: {} });
  return fromSaved(config as tf.serialization.ConfigDict);
}

/**
 * A copy of an initializer for the k-th weight that shares it: with a seed, every weight of one shape would
 * otherwise start with the same numbers.
 */
export function initializerAt(initializer: Initializer, k: number): Initializer {
  const config = initializer.getConfig();
  if (typeof config.seed !== 'number') return initializer;
  return fromSaved({ className: initializer.getClassName(), config: { ...config, seed: config.seed + k } });
}
