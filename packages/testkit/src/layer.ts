import { stream, withStream } from '@ganjs/random';
import * as tf from '@tensorflow/tfjs';
import { type Check, ensure, ensureFinite, ensureNoLeak, ensureSame, register } from './check.js';

/** What a layer is tested on. */
export interface LayerOptions {
  /**
   * Shapes of the inputs, batch included. Each is filled with N(0, 1); where `classes` is given, the last input holds
   * int32 labels below it.
   */
  readonly inputs: readonly (readonly number[])[];
  readonly classes?: number;
}

type Layer = tf.layers.Layer;

/**
 * Registers what every layer must satisfy: it gives the shape that it promises; its values and its gradients, to inputs
 * and weights, are finite in training and at inference; at inference it is a pure function; what it draws in training
 * comes from the ambient stream; a model of it can be saved and loaded; it leaves no tensor behind.
 *
 * @param create makes the layer, a new one at each call.
 *
 * @example
 * testLayer('pixelNorm', () => pixelNorm(), { inputs: [[2, 4, 4, 3]] });
 */
export function testLayer(name: string, create: () => Layer, options: LayerOptions): void {
  register(`${name} as a layer`, layerChecks(create, options));
}

/** The checks of {@link testLayer}. */
export function layerChecks(create: () => Layer, { inputs: shapes, classes }: LayerOptions): Check[] {
  const inputs = () =>
    shapes.map((shape, i) => {
      const random = stream(1, 'input', i);
      const size = tf.util.sizeFromShape([...shape]);
      const labels = classes !== undefined && i === shapes.length - 1;
      return labels
        ? tf.tensor(random.integers(size, classes), [...shape], 'int32')
        : tf.tensor(random.normal(size), [...shape]);
    });
  const apply = (layer: Layer, given: readonly tf.Tensor[], training: boolean) =>
    withStream(stream(1, 'layers'), () =>
      layer.apply(given.length === 1 ? given[0]! : [...given], { training }),
    ) as tf.Tensor;
  /** Runs `f` with a built layer and its inputs, and frees all. */
  const withLayer = (f: (layer: Layer, given: tf.Tensor[]) => void) => {
    const layer = create();
    try {
      tf.tidy(() => {
        const given = inputs();
        apply(layer, given, false);
        f(layer, given);
      });
    } finally {
      layer.dispose();
    }
  };

  return [
    {
      name: 'gives the shape that it promises',
      run: () =>
        withLayer((layer, given) => {
          const all = given.map((x) => x.shape);
          const promised = layer.computeOutputShape(all.length === 1 ? all[0]! : all) as (number | null)[];
          const { shape } = apply(layer, given, false);
          ensure(
            shape.join() === promised.join(),
            `the output has shape [${shape}]`,
            `[${promised}], as promised`,
          );
        }),
    },
    ...[false, true].map((training) => ({
      name: `has finite values and gradients ${training ? 'in training' : 'at inference'}`,
      run: () =>
        withLayer((layer, given) => {
          ensureFinite(apply(layer, given, training).dataSync(), 'the output');
          const variables = layer.trainableWeights.map((weight) => weight.read() as tf.Variable);
          const floats = given.filter((x) => x.dtype === 'float32').map((x) => tf.variable(x));
          const leaves = [...floats, ...variables];
          const loss = () => {
            let next = 0;
            const leaf = given.map((x) => (x.dtype === 'float32' ? floats[next++]! : x));
            const output = apply(layer, leaf, training);
            // Times zero, so that a layer that ignores a leaf has a gradient of zero.
            const connected = leaves.map((x) => tf.mul(0, tf.sum(x)));
            return tf.addN([tf.mean(tf.square(output)), ...connected]) as tf.Scalar;
          };
          const { grads } = tf.variableGrads(loss, leaves);
          for (const variable of leaves) {
            const gradient = grads[variable.name]!;
            ensure(
              gradient.shape.join() === variable.shape.join(),
              `a gradient has shape [${gradient.shape}]`,
              `[${variable.shape}], as what it belongs to`,
            );
            ensureFinite(gradient.dataSync(), `the gradient to ${variable.name}`);
          }
          tf.dispose(floats);
        }),
    })),
    {
      name: 'is a pure function at inference',
      run: () =>
        withLayer((layer, given) => {
          const before = given.map((x) => x.dataSync().slice());
          const first = apply(layer, given, false).dataSync();
          ensureSame(apply(layer, given, false).dataSync(), first, 'the output of a second call');
          for (const [i, x] of given.entries())
            ensureSame(x.dataSync(), before[i]!, `input ${i} after the call`);
        }),
    },
    {
      name: 'draws from the ambient stream alone',
      run: () =>
        withLayer((layer, given) => {
          const twin = create();
          apply(twin, given, false);
          twin.setWeights(layer.getWeights());
          const outputs = [layer, twin].map((one) => apply(one, given, true).dataSync());
          twin.dispose();
          ensureSame(outputs[1]!, outputs[0]!, 'the output of a twin in training');
        }),
    },
    {
      name: 'can be saved in a model and loaded',
      run: () =>
        ensureNoLeak('saving and loading', async () => {
          const given = inputs();
          const symbols = given.map((x) => tf.input({ shape: x.shape.slice(1), dtype: x.dtype }));
          const output = create().apply(symbols.length === 1 ? symbols[0]! : symbols) as tf.SymbolicTensor;
          const model = tf.model({ inputs: symbols, outputs: output });
          let artifacts: tf.io.ModelArtifacts = {};
          const keep = tf.io.withSaveHandler(async (all) => {
            artifacts = all;
            return { modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: 'JSON' } };
          });
          await model.save(keep);
          const loaded = await tf.loadLayersModel(tf.io.fromMemory(artifacts));
          try {
            const [saved, read] = [model, loaded].map((one) => settingsOf(one.layers.at(-1)!));
            for (const [key, value] of Object.entries(saved!)) {
              ensure(read![key] === value, `the loaded layer's ${key} is ${read![key]}`, value);
            }
            tf.tidy(() => {
              const [wanted, actual] = [model, loaded].map((one) => {
                const list = given.length === 1 ? given[0]! : given;
                return withStream(stream(1), () => one.apply(list) as tf.Tensor).dataSync();
              });
              ensureSame(actual!, wanted!, 'the output of the loaded model', 1e-6);
            });
          } finally {
            model.dispose();
            loaded.dispose();
            tf.dispose(given);
          }
        }),
    },
    {
      name: 'leaves no tensor behind',
      run: () =>
        ensureNoLeak('a layer that was used and disposed', async () => {
          const layer = create();
          const given = inputs();
          tf.dispose(apply(layer, given, true));
          await ensureNoLeak('a call', () => tf.dispose(apply(layer, given, true)));
          layer.dispose();
          tf.dispose(given);
        }),
    },
  ];
}

/** The configuration of a layer by key, as JSON; what is null there is left out, as loading fills it in. */
function settingsOf(layer: Layer): Record<string, string> {
  const json = (value: unknown) => JSON.stringify(value, (_, part: unknown) => part ?? undefined);
  const config = Object.entries(layer.getConfig()).filter(
    ([, value]) => value !== null && value !== undefined,
  );
  return Object.fromEntries(config.map(([key, value]) => [key, json(value)]));
}
