import * as tf from '@tensorflow/tfjs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { backendChecks, testBackend } from './backend.js';
import { failures } from './testing.js';

testBackend('cpu');

const cpu = () => tf.findBackend('cpu') as tf.KernelBackend;

/** A backend that computes as the cpu does, but for one kernel. */
beforeAll(() => {
  tf.registerBackend('broken', () => Object.create(cpu()) as tf.KernelBackend);
  tf.copyRegisteredKernels('cpu', 'broken');
  const { kernelFunc } = tf.getKernel('Conv2DBackpropFilter', 'cpu');
  tf.unregisterKernel('Conv2DBackpropFilter', 'broken');
  tf.registerKernel({
    kernelName: 'Conv2DBackpropFilter',
    backendName: 'broken',
    kernelFunc(given) {
      const result = kernelFunc(given) as tf.TensorInfo;
      const values = cpu().readSync(result.dataId) as Float32Array;
      values[0]! += 0.01;
      return result;
    },
  });
  tf.unregisterKernel('Softplus', 'broken');
});
afterAll(() => tf.removeBackend('broken'));

it('finds a kernel that is wrong, by what it belongs to, and one that is missing', async () => {
  const found = await failures(backendChecks('broken'));
  expect(found['computes and differentiates a convolution of stride 2']).toMatch(
    /the gradient of a convolution of stride 2 to input 1: .* at 0, but expected .* within 0.0001/,
  );
  expect(found['computes and differentiates leaky ReLU, tanh, sigmoid, softplus']).toMatch(/Softplus/);
  expect(found).not.toHaveProperty('computes and differentiates a product of matrices');
});

it('says which backend is not registered', async () => {
  const found = await failures(backendChecks('nowhere'));
  expect(Object.values(found)[0]).toMatch(/the backend "nowhere" is not registered/);
});
