import * as tf from '@tensorflow/tfjs';
import { type Backend, optionalImport, use } from './backend.js';

/** Of Dawn for Node. */
interface Dawn {
  readonly globals: object;
  create(flags: string[]): GPU;
}

/** The parts of the WebGPU API that are used here; its types are not part of Node. */
interface GPU {
  requestAdapter(options: { powerPreference: 'high-performance' }): Promise<Adapter | null>;
}

interface Adapter {
  readonly info: { readonly vendor: string; readonly architecture: string; readonly description: string };
  readonly limits: Readonly<Record<string, number>>;
  readonly features: ReadonlySet<string>;
  requestDevice(options: object): Promise<object>;
}

interface TfjsWebgpu {
  readonly WebGPUBackend: new (device: object, info: Adapter['info']) => tf.KernelBackend;
}

const NAME = 'webgpu-node';

/**
 * TensorFlow.js's WebGPU backend on Dawn: any GPU with Vulkan, Metal or Direct3D 12, without CUDA. The device
 * is made here, because the backend's own way asks for a feature in a form that Dawn refuses.
 */
export const webgpu: Backend = {
  name: 'webgpu',
  summary: 'any GPU, through Vulkan, Metal or Direct3D 12; no CUDA to install',
  enable: 'Run `npm install webgpu @tensorflow/tfjs-backend-webgpu@4.22.0`; it needs the driver of a GPU.',
  async start({ auto }) {
    const dawn = await optionalImport<Dawn>('webgpu');
    const { WebGPUBackend } = await optionalImport<TfjsWebgpu>('@tensorflow/tfjs-backend-webgpu');
    Object.assign(globalThis, dawn.globals);
    const gpu = dawn.create([]);
    // The backend looks for `navigator.gpu` to learn whether there is WebGPU; Node 20 has no navigator.
    const navigator =
      globalThis.navigator ?? Object.defineProperty(globalThis, 'navigator', { value: {} }).navigator;
    Object.defineProperty(navigator, 'gpu', { value: gpu, configurable: true });
    const adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' });
    if (!adapter) throw new Error('no GPU was found');
    const { info, limits, features } = adapter;
    if (auto && info.architecture === 'swiftshader') throw new Error('the only adapter computes on the CPU');
    const device = await adapter.requestDevice({
      requiredFeatures: ['timestamp-query', 'bgra8unorm-storage'].filter((feature) => features.has(feature)),
      requiredLimits: {
        maxComputeWorkgroupStorageSize: limits.maxComputeWorkgroupStorageSize,
        maxComputeWorkgroupsPerDimension: limits.maxComputeWorkgroupsPerDimension,
        maxStorageBufferBindingSize: limits.maxStorageBufferBindingSize,
        maxBufferSize: limits.maxBufferSize,
        maxComputeWorkgroupSizeX: limits.maxComputeWorkgroupSizeX,
        maxComputeInvocationsPerWorkgroup: limits.maxComputeInvocationsPerWorkgroup,
      },
    });
    if (!tf.findBackend(NAME)) {
      tf.registerBackend(NAME, () => new WebGPUBackend(device, info));
      tf.copyRegisteredKernels('webgpu', NAME);
    }
    await use(NAME);
  },
};
