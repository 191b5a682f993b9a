import * as tf from '@tensorflow/tfjs';
import { ambientNormal, ambientUniform } from './ambientInitializers.js';
import { LayerConfigError, LayerShapeError, LayerStateError, type Shape } from './errors.js';
import { type Initializer, type InitializerConfig, initializerOf } from './initializer.js';
import { GanLayer, type LayerConfig, type Weight } from './layer.js';
import { register } from './register.js';
import { wholeNumber } from './shapes.js';

/** Configuration of {@link fourierFeatures}. */
export interface FourierFeaturesConfig extends LayerConfig {
  /** Height and width of the map, its margin included. */
  size: number;
  /** Number of channels. */
  channels: number;
  /** Samples per unit of length: the canvas without margin is one unit wide. */
  samplingRate: number;
  /** Radius of the disc that the frequencies are drawn from, below samplingRate / 2. */
  bandwidth: number;
  /** Of the Gaussian pairs that become frequencies. Default ambientNormal with mean 0 and deviation 1. */
  frequencyInitializer?: InitializerConfig;
  /** Default ambientUniform in [-0.5, 0.5). */
  phaseInitializer?: InitializerConfig;
  /** Of the channel mixing. Default ambientNormal with mean 0 and deviation 1. */
  kernelInitializer?: InitializerConfig;
}

/** See {@link fourierFeatures}. */
export class FourierFeatures extends GanLayer<{
  size: number;
  channels: number;
  samplingRate: number;
  bandwidth: number;
  frequencyInitializer: Initializer;
  phaseInitializer: Initializer;
  kernelInitializer: Initializer;
}> {
  static override readonly className = 'Ganjs>FourierFeatures';

  private affineKernel!: Weight;
  private affineBias!: Weight;
  private kernel!: Weight;
  private frequencies!: Weight;
  private phases!: Weight;
  private transform!: Weight;

  constructor(config: FourierFeaturesConfig) {
    const { samplingRate, bandwidth } = config;
    if (!(bandwidth > 0 && bandwidth < samplingRate / 2))
      throw new LayerConfigError(
        'fourierFeatures',
        'bandwidth',
        `in (0, samplingRate / 2 = ${samplingRate / 2})`,
        bandwidth,
      );
    const normal = ambientNormal({ mean: 0, deviation: 1 });
    super(config, {
      size: wholeNumber('fourierFeatures', 'size', config.size),
      channels: wholeNumber('fourierFeatures', 'channels', config.channels),
      samplingRate,
      bandwidth,
      frequencyInitializer: initializerOf(config.frequencyInitializer, normal),
      phaseInitializer: initializerOf(config.phaseInitializer, ambientUniform({ low: -0.5, high: 0.5 })),
      kernelInitializer: initializerOf(config.kernelInitializer, normal),
    });
  }

  /**
   * Moves and turns the pattern for every sample after the learned transformation.
   *
   * @param matrix 3 × 3, row by row, of homogeneous coordinates in units of the canvas:
   * [[cos, -sin, x], [sin, cos, y], [0, 0, 1]]; a positive x shifts the map to the left.
   * @throws LayerStateError before the layer is built.
   */
  setTransform(matrix: readonly (readonly number[])[]): void {
    if (!this.built) throw new LayerStateError('setTransform', 'apply');
    tf.tidy(() => {
      this.transform.write(tf.tensor2d(matrix as number[][], [3, 3]));
    });
  }

  protected override checkShapes(shapes: Shape[]): void {
    if (shapes.length !== 1 || shapes[0]!.length !== 2 || !shapes[0]![1])
      throw new LayerShapeError(this.name, 'latents [batch, n] with known n', shapes);
  }

  protected override createWeights(shapes: Shape[]): void {
    const { channels, bandwidth, frequencyInitializer, phaseInitializer, kernelInitializer } = this.settings;
    const { zeros, identity } = tf.initializers;
    const uniformInDisc = {
      apply: (shape: number[]) =>
        tf.tidy(() => {
          const gaussian = frequencyInitializer.apply(shape);
          const power = tf.sum(tf.square(gaussian), 1, true);
          const radius = tf.mul(tf.exp(tf.div(power, -4)), bandwidth);
          return tf.mul(tf.div(gaussian, tf.sqrt(power)), radius);
        }),
    } as unknown as Initializer;
    const noMotion = { apply: () => tf.tensor1d([1, 0, 0, 0]) } as unknown as Initializer;
    const fixed = (name: string, shape: number[], initializer: Initializer) =>
      this.addWeight(name, shape, 'float32', initializer, undefined, false);
    this.affineKernel = this.addWeight('affine_kernel', [shapes[0]![1]!, 4], 'float32', zeros());
    this.affineBias = this.addWeight('affine_bias', [4], 'float32', noMotion);
    this.kernel = this.addWeight('kernel', [channels, channels], 'float32', kernelInitializer);
    this.frequencies = fixed('frequencies', [channels, 2], uniformInDisc);
    this.phases = fixed('phases', [channels], phaseInitializer);
    this.transform = fixed('transform', [3, 3], identity({ gain: 1 }));
  }

  protected override shapeOf(shapes: Shape[]): (number | null)[] {
    const { size, channels } = this.settings;
    return [shapes[0]![0]!, size, size, channels];
  }

  protected override forward([w]: tf.Tensor[]): tf.Tensor {
    const { size, channels, samplingRate, bandwidth } = this.settings;
    const batch = w!.shape[0]!;
    const { x, y, offset } = this.motion(w as tf.Tensor2D);
    const phase = tf.add(this.phases.read(), offset);
    const radius = tf.sqrt(tf.add(tf.square(x), tf.square(y)));
    const fade = tf.sub(1, tf.div(tf.sub(radius, bandwidth), samplingRate / 2 - bandwidth));
    const amplitude = tf.sub(tf.relu(fade), tf.relu(tf.sub(fade, 1)));
    const pixels = tf.div(tf.sub(tf.range(0, size), (size - 1) / 2), samplingRate);
    const perSample = (v: tf.Tensor) => v.reshape([batch, 1, 1, channels]);
    const turns = tf.add(
      tf.add(
        tf.mul(perSample(x), pixels.reshape([1, 1, size, 1])),
        tf.mul(perSample(y), pixels.reshape([1, size, 1, 1])),
      ),
      perSample(phase),
    );
    const waves = tf.mul(tf.sin(tf.mul(turns, 2 * Math.PI)), perSample(amplitude));
    const mixed = tf.matMul(waves.reshape([-1, channels]), this.kernel.read(), false, true);
    return tf.mul(mixed, 1 / Math.sqrt(channels)).reshape([batch, size, size, channels]);
  }

  /** Frequencies (x and y, [batch, channels] each) and phase offsets after the learned and the set motion. */
  private motion(w: tf.Tensor2D) {
    const scale = 1 / Math.sqrt(w.shape[1]);
    const raw = tf.add(tf.matMul(w, tf.mul(this.affineKernel.read(), scale)), this.affineBias.read());
    const turn = tf.slice(raw, [0, 0], [-1, 2]);
    const unit = tf.div(raw, tf.sqrt(tf.sum(tf.square(turn), 1, true)));
    const [cos, sin, shiftX, shiftY] = tf.split(unit, 4, 1) as [tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor];
    const [fx, fy] = tf.split(this.frequencies.read().transpose(), 2) as [tf.Tensor, tf.Tensor];
    // f · R, with R = [[cos, -sin], [sin, cos]], then the translation by (-shiftX, -shiftY).
    const turnedX = tf.add(tf.mul(cos, fx), tf.mul(sin, fy));
    const turnedY = tf.sub(tf.mul(cos, fy), tf.mul(sin, fx));
    const moved = tf.neg(tf.add(tf.mul(turnedX, shiftX), tf.mul(turnedY, shiftY)));
    const m = tf.split(this.transform.read().reshape([9]), 9) as [tf.Tensor, ...tf.Tensor[]];
    const project = (column: number) => tf.add(tf.mul(turnedX, m[column]!), tf.mul(turnedY, m[3 + column]!));
    return { x: project(0), y: project(1), offset: tf.add(moved, project(2)) };
  }
}
register(FourierFeatures);

/**
 * The input of StyleGAN3: C waves sin(2π (f·u + φ)) with fixed frequencies f, uniform in a disc, and phases φ, on a
 * grid of positions u (in canvas units, the centre at 0), mixed by a learned C × C matrix.
 *
 * A learned affine map of the latent turns and moves the waves: (r_c, r_s, t_x, t_y) / ‖(r_c, r_s)‖, starting at
 * no motion. A wave whose frequency leaves the disc fades out linearly before samplingRate / 2.
 *
 * Input: float32 [batch, n] (intermediate latents). Output: float32 [batch, size, size, channels].
 *
 * @throws LayerShapeError unless the latents are flat; LayerConfigError unless bandwidth < samplingRate / 2.
 * @source Karras et al., Alias-free GAN (2021), section 3.1 and appendix F.
 */
export function fourierFeatures(config: FourierFeaturesConfig): FourierFeatures {
  return new FourierFeatures(config);
}
