// A thousand steps must end with the tensors and bytes of the third; exits with 1 if they do not.
//
//   node bench/memory.mjs [--variant dcgan|srgan] [--batch 4] [--steps 1000] [--threads N]
//
// Or the most memory that the moves of StyleGAN2 use (the whole workspace must be built):
//
//   node bench/memory.mjs --peak [--batch 16] [--threads N] [--dry]    (dry: leaves the kernels out)
import { parseArgs } from 'node:util';
import * as tf from '@tensorflow/tfjs';
import { openBackend } from './backends.mjs';
import { peakBytes } from './peak.mjs';
import { prepare } from './step.mjs';

const { values } = parseArgs({
  options: {
    variant: { type: 'string', default: 'dcgan' },
    batch: { type: 'string' },
    steps: { type: 'string', default: '1000' },
    threads: { type: 'string', default: '1' },
    peak: { type: 'boolean', default: false },
    dry: { type: 'boolean', default: false },
  },
});
const threads = await openBackend('wasm', Number(values.threads));
process.exit(values.peak ? await peaks() : await growth());

async function peaks() {
  const autodiff = await import('@ganjs/autodiff');
  // Packages that stand on this one are no dependencies of it.
  const layers = await import('../../layers/dist/index.js');
  autodiff.enableHigherOrderGradients();
  const mebibytes = (bytes) => `${(bytes / 2 ** 20).toFixed(0)} MiB`.padStart(9);
  const batch = Number(values.batch ?? 16);
  for (const [name, { atRest, peak }] of Object.entries(
    peakBytes(layers, autodiff, { batch, dry: values.dry }),
  )) {
    console.log(`${name.padEnd(14)} peak ${mebibytes(peak)}   at rest ${mebibytes(atRest)}`);
  }
  return 0;
}

async function growth() {
  const batch = Number(values.batch ?? 4);
  const { step } = prepare(values.variant, batch);

  /** What must not grow: tensors, their bytes, bytes of the wasm memory in use, and its size. */
  const measured = () => {
    const { numTensors, numBytes, wasmBytesInUse, wasmBytesReserved } = tf.memory();
    return { numTensors, numBytes, wasmBytesInUse, wasmBytesReserved };
  };

  let expected;
  let worst = 0;
  for (let i = 1; i <= Number(values.steps); i++) {
    await step();
    if (i === 3) expected = measured();
    if (i > 3) worst = Math.max(worst, ...Object.entries(measured()).map(([key, n]) => n - expected[key]));
  }
  const grown = JSON.stringify(measured()) !== JSON.stringify(expected) || worst > 0;
  console.log(
    JSON.stringify({
      ...values,
      batch,
      threads,
      afterStep3: expected,
      afterLast: measured(),
      mostGrowth: worst,
    }),
  );
  return grown ? 1 : 0;
}
