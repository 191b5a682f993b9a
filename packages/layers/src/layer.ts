import * as tf from '@tensorflow/tfjs';
import type { Shape } from './errors.js';

/** What every layer of TensorFlow.js accepts: `name`, `inputShape`, `trainable`, `dtype`, ... */
export type LayerConfig = NonNullable<ConstructorParameters<typeof tf.layers.Layer>[0]>;

/** The arguments that TensorFlow.js hands to `call`; `training` is true inside a training step. */
export type CallArguments = { training?: boolean; [name: string]: unknown };

const counters = new Map<string, number>();

/** `Ganjs>PixelNorm` becomes `ganjs_pixel_norm_1`, then `_2`: tensor names may not hold a `>`. */
function automaticName(className: string): string {
  const count = (counters.get(className) ?? 0) + 1;
  counters.set(className, count);
  const snake = className.replace('>', '').replace(/(?<=[a-z0-9])[A-Z]/g, (capital) => `_${capital}`);
  return `${snake.toLowerCase()}_${count}`;
}

function toConfigValue(value: unknown): tf.serialization.ConfigDictValue {
  if (value instanceof tf.serialization.Serializable)
    return { className: value.getClassName(), config: value.getConfig() };
  return (value ?? null) as tf.serialization.ConfigDictValue;
}

/**
 * The base of the layers of this package: a `tf.layers.Layer` whose own configuration (`settings`) is
 * serialized as it is, with initializers and nested layers turned into `{className, config}`.
 *
 * A layer implements `forward`, which runs inside a `tf.tidy` and receives its inputs as a list.
 */
export abstract class GanLayer<Settings extends object> extends tf.layers.Layer {
  static readonly className: string = 'Ganjs>Layer';

  protected readonly settings: Settings;

  constructor(config: LayerConfig, settings: Settings) {
    super({ ...config, name: config.name ?? automaticName(new.target.className) });
    this.settings = settings;
  }

  protected abstract forward(inputs: tf.Tensor[], args: CallArguments): tf.Tensor;

  override call(inputs: tf.Tensor | tf.Tensor[], args: CallArguments): tf.Tensor {
    return tf.tidy(() => {
      this.invokeCallHook(inputs, args);
      return this.forward(Array.isArray(inputs) ? inputs : [inputs], args);
    });
  }

  override computeOutputShape(inputShape: Shape | Shape[]): (number | null)[] {
    const first = Array.isArray(inputShape[0]) ? (inputShape[0] as Shape) : (inputShape as Shape);
    return [...first];
  }

  override getConfig(): tf.serialization.ConfigDict {
    const own = Object.entries(this.settings).map(([key, value]) => [key, toConfigValue(value)]);
    return { ...super.getConfig(), ...Object.fromEntries(own) };
  }
}

/**
 * Makes a layer class known to `tf.loadLayersModel`. Class names carry the namespace: `Ganjs>PixelNorm`.
 */
export function register(
  layer: tf.serialization.SerializableConstructor<tf.serialization.Serializable>,
): void {
  const [namespace, name] = layer.className.split('>');
  tf.serialization.registerClass(layer, namespace, name);
}
