import * as tf from '@tensorflow/tfjs';
import { LayerShapeError, type Shape, showShape } from './errors.js';

/** What every layer of TensorFlow.js accepts: `name`, `inputShape`, `trainable`, `dtype`, ... */
export type LayerConfig = NonNullable<ConstructorParameters<typeof tf.layers.Layer>[0]>;

/** The arguments that TensorFlow.js hands to `call`; `training` is true inside a training step. */
export type CallArguments = { training?: boolean; [name: string]: unknown };

/** A weight of a layer, as `addWeight` returns it. */
export type Weight = InstanceType<typeof tf.LayerVariable>;

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

function toShapes(shape: Shape | readonly Shape[]): Shape[] {
  return (Array.isArray(shape[0]) ? shape : [shape]) as Shape[];
}

/** `apply` is TensorFlow.js's one public door to name scopes, so this layer only lends its name. */
class NameScope extends tf.layers.Layer {
  constructor(
    name: string,
    private readonly body: () => void,
  ) {
    super({ name });
  }

  override build(): void {
    this.body();
  }

  override call(inputs: tf.Tensor): tf.Tensor {
    return inputs;
  }
}

/**
 * The base of the layers of this package: a `tf.layers.Layer` whose own configuration (`settings`) is
 * serialized as it is, with initializers and nested layers turned into `{className, config}`.
 *
 * A layer implements `forward`, and where needed `checkShapes`, `createWeights` and `shapeOf`; all of
 * them receive the inputs (or their shapes) as a list. `forward` runs inside a `tf.tidy`.
 */
export abstract class GanLayer<Settings extends object> extends tf.layers.Layer {
  static readonly className: string = 'Ganjs>Layer';

  protected readonly settings: Settings;
  private builtFor: Shape[] = [];
  private weightsFollow = false;

  constructor(config: LayerConfig, settings: Settings) {
    super({ ...config, name: config.name ?? automaticName(new.target.className) });
    this.settings = settings;
  }

  protected abstract forward(inputs: tf.Tensor[], args: CallArguments): tf.Tensor;

  /** Throws a LayerShapeError for shapes that the layer cannot take. */
  protected checkShapes(_shapes: Shape[]): void {}

  protected createWeights(_shapes: Shape[]): void {}

  protected shapeOf(shapes: Shape[]): (number | null)[] {
    return [...shapes[0]!];
  }

  override build(inputShape: Shape | Shape[]): void {
    this.builtFor = toShapes(inputShape);
    this.checkShapes(this.builtFor);
    this.createWeights(this.builtFor);
    this.built = true;
  }

  override call(inputs: tf.Tensor | tf.Tensor[], args: CallArguments = {}): tf.Tensor {
    return tf.tidy(() => {
      this.invokeCallHook(inputs, args);
      const list = Array.isArray(inputs) ? inputs : [inputs];
      this.checkCall(list.map((x) => x.shape));
      return this.forward(list, args);
    });
  }

  override computeOutputShape(inputShape: Shape | Shape[]): (number | null)[] {
    const shapes = toShapes(inputShape);
    this.checkShapes(shapes);
    return this.shapeOf(shapes);
  }

  /** Called with true while a model is loaded: its weights follow, so that nothing needs to be drawn for them. */
  override setFastWeightInitDuringBuild(value: boolean): void {
    super.setFastWeightInitDuringBuild(value);
    this.weightsFollow = value;
  }

  override getConfig(): tf.serialization.ConfigDict {
    const own = Object.entries(this.settings).map(([key, value]) => [key, toConfigValue(value)]);
    return { ...super.getConfig(), ...Object.fromEntries(own) };
  }

  /**
   * Builds a nested layer for inputs of the given shape and makes its weights and losses this layer's own,
   * named after both. Returns the nested layer's output shape.
   */
  protected adopt(layer: tf.layers.Layer, inputShape: Shape | Shape[]): Shape {
    const shape = inputShape as (number | null)[];
    layer.setFastWeightInitDuringBuild(this.weightsFollow);
    tf.tidy(() => {
      new NameScope(layer.name, () => layer.build(shape)).apply(tf.scalar(0));
    });
    layer.built = true;
    this._trainableWeights.push(...layer.trainableWeights);
    this.nonTrainableWeights = [...this.ownNonTrainableWeights, ...layer.nonTrainableWeights];
    for (const loss of layer.losses) this.addLoss(loss);
    return layer.computeOutputShape(shape) as Shape;
  }

  /** `nonTrainableWeights` also lists the frozen trainable weights, which must not be listed twice. */
  private get ownNonTrainableWeights(): Weight[] {
    return this.nonTrainableWeights.filter((weight) => !this._trainableWeights.includes(weight));
  }

  private checkCall(shapes: Shape[]): void {
    this.checkShapes(shapes);
    const { builtFor } = this;
    const fits = (shape: Shape, i: number) =>
      shape.length === builtFor[i]?.length && (builtFor[i].at(-1) ?? shape.at(-1)) === shape.at(-1);
    if (this.weights.length > 0 && builtFor.length > 0 && !shapes.every(fits))
      throw new LayerShapeError(
        this.name,
        `the shapes that it was built for, ${showShape(builtFor)}`,
        shapes,
        'Weights cannot change their shape: use another layer, or call this one as it was built',
      );
  }
}
