import * as tf from '@tensorflow/tfjs';
import { ambientNormal } from './ambientInitializers.js';
import { LayerShapeError, type Shape } from './errors.js';
import { type Initializer, type InitializerConfig, initializerOf } from './initializer.js';
import { GanLayer, type LayerConfig, type Weight } from './layer.js';
import { register } from './register.js';
import { wholeNumber } from './shapes.js';

/** True for the shapes that labels come in: [batch] and [batch, 1]. */
export function isLabelShape(shape: Shape | undefined): boolean {
  return shape?.length === 1 || (shape?.length === 2 && shape[1] === 1);
}

/** Labels [batch] or [batch, 1] as float32 [batch, classes]: a lookup by matrix product has every derivative. */
export function oneHotLabels(labels: tf.Tensor, classes: number): tf.Tensor2D {
  return tf.equal(labels.reshape([-1, 1]).toFloat(), tf.range(0, classes)).toFloat() as tf.Tensor2D;
}

/** Configuration of {@link labelEmbedding}. */
export interface LabelEmbeddingConfig extends LayerConfig {
  /** Number of classes. */
  classes: number;
  /** Width of the embedding. */
  units: number;
  /** Default ambientNormal with mean 0 and deviation 1. */
  embeddingsInitializer?: InitializerConfig;
}

/** See {@link labelEmbedding}. */
export class LabelEmbedding extends GanLayer<{
  classes: number;
  units: number;
  embeddingsInitializer: Initializer;
}> {
  static override readonly className = 'Ganjs>LabelEmbedding';

  private embeddings!: Weight;

  constructor(config: LabelEmbeddingConfig) {
    super(config, {
      classes: wholeNumber('labelEmbedding', 'classes', config.classes),
      units: wholeNumber('labelEmbedding', 'units', config.units),
      embeddingsInitializer: initializerOf(
        config.embeddingsInitializer,
        ambientNormal({ mean: 0, deviation: 1 }),
      ),
    });
  }

  protected override checkShapes(shapes: Shape[]): void {
    if (shapes.length !== 1 || !isLabelShape(shapes[0]))
      throw new LayerShapeError(this.name, 'labels [batch] or [batch, 1]', shapes);
  }

  protected override createWeights(): void {
    const { classes, units, embeddingsInitializer } = this.settings;
    this.embeddings = this.addWeight('embeddings', [classes, units], 'float32', embeddingsInitializer);
  }

  protected override shapeOf(shapes: Shape[]): (number | null)[] {
    return [shapes[0]![0]!, this.settings.units];
  }

  protected override forward([labels]: tf.Tensor[]): tf.Tensor {
    return tf.matMul(oneHotLabels(labels!, this.settings.classes), this.embeddings.read());
  }
}
register(LabelEmbedding);

/**
 * An embedding of class labels: y[n] = E[label[n]], with E of shape [classes, units]. A label outside
 * 0 … classes - 1 gives zeros.
 *
 * Input: labels, int32 or whole float32 numbers, [batch] or [batch, 1]. Output: float32 [batch, units].
 *
 * @throws LayerShapeError for labels of another shape.
 */
export function labelEmbedding(config: LabelEmbeddingConfig): LabelEmbedding {
  return new LabelEmbedding(config);
}
