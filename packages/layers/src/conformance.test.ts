import { type LayerOptions, testLayer } from '@ganjs/testkit';
import * as tf from '@tensorflow/tfjs';
import { expect, it } from 'vitest';
import * as layers from './index.js';

const map = [2, 4, 4, 6];
const vectors = [4, 5];
const flat = () => tf.layers.dense({ units: 3 });

/** Each layer of the package, and what it is tested on. */
const cases: Record<string, readonly [create: () => tf.layers.Layer, options: LayerOptions]> = {
  adaIN: [() => layers.adaIN(), { inputs: [map, [2, 12]] }],
  conditionalBatchNorm: [
    () => layers.conditionalBatchNorm({ classes: 3 }),
    { inputs: [map, [2]], classes: 3 },
  ],
  constantInput: [() => layers.constantInput({ channels: 3 }), { inputs: [vectors] }],
  dropout: [() => layers.dropout({ rate: 0.5 }), { inputs: [map] }],
  emaMagnitude: [() => layers.emaMagnitude(), { inputs: [map] }],
  equalizedConv2d: [() => layers.equalizedConv2d({ filters: 3, kernelSize: 3 }), { inputs: [map] }],
  equalizedDense: [() => layers.equalizedDense({ units: 3 }), { inputs: [vectors] }],
  filteredLeakyRelu: [
    () =>
      layers.filteredLeakyRelu({
        upFilter: [1, 3, 3, 1],
        downFilter: [1, 3, 3, 1],
        up: 2,
        down: 2,
        padding: [3, 2],
      }),
    { inputs: [map] },
  ],
  firResample: [() => layers.firResample({ up: 2 }), { inputs: [map] }],
  fourierFeatures: [
    () => layers.fourierFeatures({ size: 6, channels: 4, samplingRate: 4, bandwidth: 1 }),
    { inputs: [vectors] },
  ],
  gaussianNoise: [() => layers.gaussianNoise({ deviation: 0.5 }), { inputs: [map] }],
  groupNorm: [() => layers.groupNorm({ groups: 2 }), { inputs: [map] }],
  instanceNorm: [() => layers.instanceNorm(), { inputs: [map] }],
  labelEmbedding: [() => layers.labelEmbedding({ classes: 3, units: 4 }), { inputs: [[4]], classes: 3 }],
  minibatchDiscrimination: [
    () => layers.minibatchDiscrimination({ kernels: 2, kernelDimension: 3 }),
    { inputs: [vectors] },
  ],
  minibatchStdDev: [() => layers.minibatchStdDev({ groupSize: 2 }), { inputs: [map] }],
  modulatedConv2d: [() => layers.modulatedConv2d({ filters: 3, kernelSize: 3 }), { inputs: [map, [2, 6]] }],
  nearestUpsampling2d: [() => layers.nearestUpsampling2d(), { inputs: [map] }],
  noiseInjection: [() => layers.noiseInjection(), { inputs: [map] }],
  pixelNorm: [() => layers.pixelNorm(), { inputs: [map] }],
  pixelShuffle: [() => layers.pixelShuffle({ scale: 2 }), { inputs: [[2, 3, 3, 8]] }],
  projection: [() => layers.projection({ classes: 3 }), { inputs: [vectors, [4]], classes: 3 }],
  reflectionPadding2d: [() => layers.reflectionPadding2d({ padding: 2 }), { inputs: [map] }],
  residualBlock: [() => layers.residualBlock({ filters: 4, resample: 'down' }), { inputs: [map] }],
  selfAttention: [() => layers.selfAttention(), { inputs: [[2, 4, 4, 8]] }],
  spectralNorm: [() => layers.spectralNorm({ layer: flat() }), { inputs: [vectors] }],
  unetDown: [() => layers.unetDown({ filters: 4 }), { inputs: [map] }],
  unetUp: [() => layers.unetUp({ filters: 4 }), { inputs: [map, [2, 8, 8, 4]] }],
  virtualBatchNorm: [() => layers.virtualBatchNorm({ referenceSize: 1 }), { inputs: [[3, 4, 4, 2]] }],
};

for (const [name, [create, options]] of Object.entries(cases)) testLayer(name, create, options);

it('leaves out no layer', () => {
  const classes = Object.entries(layers).flatMap(([name, value]) =>
    typeof value === 'function' && value.prototype instanceof tf.layers.Layer ? [name] : [],
  );
  const tested = Object.keys(cases).map((name) => name[0]!.toUpperCase() + name.slice(1));
  expect(classes.filter((name) => !tested.includes(name))).toEqual(['GanLayer']);
});
