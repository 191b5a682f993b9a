import { registerWasmBackend, threadCount } from '@ganjs/backend-wasm';
import { fromArrays } from '@ganjs/datasets';
import { disposeGame, type Report as Loss, train } from '@ganjs/trainer';
import { dcgan } from '@ganjs/variants';
import * as tf from '@tensorflow/tfjs';

/** What a run tells of itself, as plain data. */
export interface Report {
  /** Undefined in Node. */
  readonly isolated: boolean | undefined;
  readonly backend: string;
  readonly threads: number;
  /** The losses of each step. */
  readonly losses: readonly (readonly Loss[])[];
  /** Tensors and their bytes after each step. */
  readonly held: readonly { readonly tensors: number; readonly bytes: number }[];
  /** Tensors that are left when the game is over. */
  readonly left: number;
}

/**
 * Trains a small DCGAN for 20 steps on the wasm backend. The same file runs in Node and in a page.
 *
 * @param threads a whole number >= 1; default: as many as the backend takes by itself.
 */
export async function trainSmallDcgan(threads?: number): Promise<Report> {
  await tf.setBackend(await registerWasmBackend(threads === undefined ? {} : { threads }));
  const before = tf.memory().numTensors;
  const image = { height: 12, width: 12, channels: 1 };
  const images = Uint8Array.from({ length: 96 * 144 }, (_, i) => (i * 37 + Math.floor(i / 144) * 11) % 256);
  const data = fromArrays({ name: 'stripes', images, image });
  const config = dcgan.config.parse({
    latent: 8,
    generator: { width: 16, hiddenUnits: 16 },
    discriminator: { width: 4, hiddenUnits: 16 },
  });
  const game = dcgan.create(config, { image, classes: 0, seed: 1 });
  const losses: Report['losses'][number][] = [];
  const held: Report['held'][number][] = [];
  for await (const event of train(game, data, { batch: 16, seed: 1, length: { steps: 20 }, samples: 4 })) {
    if (event.type !== 'step') continue;
    losses.push(event.losses);
    const { numTensors, numBytes } = tf.memory();
    held.push({ tensors: numTensors, bytes: numBytes });
  }
  disposeGame(game);
  return {
    isolated: (globalThis as { crossOriginIsolated?: boolean }).crossOriginIsolated,
    backend: tf.getBackend(),
    threads: threadCount(),
    losses,
    held,
    left: tf.memory().numTensors - before,
  };
}
