/// <reference lib="webworker" />
import { registerWasmBackend } from '@ganjs/backend-wasm';
import { gaussianRing } from '@ganjs/datasets';
import { createRun, openRun } from '@ganjs/runs';
import { browserRuns, browserStorage } from '@ganjs/runs/browser';
import { wganGp } from '@ganjs/variants/wgan-gp';
import * as tf from '@tensorflow/tfjs';
import type { Message } from './messages.js';

const tell = (message: Message) => postMessage(message);

/** Trains a GAN on eight Gaussians, or goes on with the run that an earlier visit left, and shows how it goes. */
async function trainOnRing(): Promise<void> {
  await tf.setBackend(await registerWasmBackend());
  const [storage, data] = [browserStorage('gaussians'), gaussianRing(2560)];
  const settings = {
    preset: 'points',
    training: { steps: 12 },
    config: { optimizer: { learningRate: 2e-3 } },
  };
  const again = (await browserRuns()).includes('gaussians');
  const run = again
    ? await openRun(storage, { variant: wganGp, data })
    : await createRun(storage, { variant: wganGp, data, settings });
  for await (const event of run.train({ length: { steps: again ? 16 : 12 } })) {
    if (event.type === 'step') tell({ ...event, losses: event.losses.map(({ value }) => value) });
    if (event.type === 'sample') tell({ type: 'picture', ...event.picture });
  }
  const gan = await run.restore();
  const { images } = await gan.sample({ n: 100, seed: 7 });
  gan.dispose();
  tell({ type: 'done', files: await storage.list(''), samples: [...images.data] });
}

trainOnRing().catch((error: unknown) => tell({ type: 'error', message: String((error as Error).stack) }));
