import * as tf from '@tensorflow/tfjs';
import { ambientGlorotUniform } from './ambientInitializers.js';
import { LayerShapeError, type Shape } from './errors.js';
import { type Initializer, type InitializerConfig, initializerOf } from './initializer.js';
import { isLabelShape, oneHotLabels } from './labelEmbedding.js';
import { GanLayer, type LayerConfig, type Weight } from './layer.js';
import { register } from './register.js';
import { wholeNumber } from './shapes.js';

/** Configuration of {@link projection}. */
export interface ProjectionConfig extends LayerConfig {
  /** Number of classes. */
  classes: number;
  /** Default ambientGlorotUniform. */
  embeddingsInitializer?: InitializerConfig;
}

/** See {@link projection}. */
export class Projection extends GanLayer<{ classes: number; embeddingsInitializer: Initializer }> {
  static override readonly className = 'Ganjs>Projection';

  private embeddings!: Weight;

  constructor(config: ProjectionConfig) {
    super(config, {
      classes: wholeNumber('projection', 'classes', config.classes),
      embeddingsInitializer: initializerOf(config.embeddingsInitializer, ambientGlorotUniform()),
    });
  }

  protected override checkShapes(shapes: Shape[]): void {
    const [features, labels] = shapes;
    if (shapes.length !== 2 || features?.length !== 2 || !features[1] || !isLabelShape(labels))
      throw new LayerShapeError(
        this.name,
        '[features, labels] with features [batch, n] and labels [batch] or [batch, 1]',
        shapes,
      );
  }

  protected override createWeights(shapes: Shape[]): void {
    const { classes, embeddingsInitializer } = this.settings;
    const shape = [classes, shapes[0]![1]!];
    this.embeddings = this.addWeight('embeddings', shape, 'float32', embeddingsInitializer);
  }

  protected override shapeOf(shapes: Shape[]): (number | null)[] {
    return [shapes[0]![0]!, 1];
  }

  protected override forward([features, labels]: tf.Tensor[]): tf.Tensor {
    const rows = tf.matMul(oneHotLabels(labels!, this.settings.classes), this.embeddings.read());
    return tf.sum(tf.mul(features!, rows), 1, true);
  }
}
register(Projection);

/**
 * The class term of a projection discriminator: y[n] = ⟨E[label[n]], h[n]⟩. The score is this plus
 * `tf.layers.dense({ units: 1 })` of h; wrap either in `spectralNorm` as SNGAN does.
 *
 * Inputs: features float32 [batch, n], labels [batch] or [batch, 1] in 0 … classes - 1.
 * Output: float32 [batch, 1].
 *
 * @throws LayerShapeError for inputs of other shapes.
 * @source Miyato and Koyama, cGANs with projection discriminator (2018), equation 4.
 */
export function projection(config: ProjectionConfig): Projection {
  return new Projection(config);
}
