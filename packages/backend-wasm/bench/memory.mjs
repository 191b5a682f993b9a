// A thousand steps must end with the tensors and bytes of the third; exits with 1 if they do not.
//
//   node bench/memory.mjs [--variant dcgan|srgan] [--batch 4] [--steps 1000] [--threads N]
import { parseArgs } from 'node:util';
import * as tf from '@tensorflow/tfjs';
import { openBackend } from './backends.mjs';
import { prepare } from './step.mjs';

const { values } = parseArgs({
  options: {
    variant: { type: 'string', default: 'dcgan' },
    batch: { type: 'string', default: '4' },
    steps: { type: 'string', default: '1000' },
    threads: { type: 'string', default: '1' },
  },
});
const threads = await openBackend('wasm', Number(values.threads));
const { step } = prepare(values.variant, Number(values.batch));

/** What must not grow: tensors, their bytes, bytes of the wasm memory in use, and its size. */
function measured() {
  const { numTensors, numBytes, wasmBytesInUse, wasmBytesReserved } = tf.memory();
  return { numTensors, numBytes, wasmBytesInUse, wasmBytesReserved };
}

let expected;
let worst = 0;
for (let i = 1; i <= Number(values.steps); i++) {
  await step();
  if (i === 3) expected = measured();
  if (i > 3) worst = Math.max(worst, ...Object.entries(measured()).map(([key, n]) => n - expected[key]));
}
const grown = JSON.stringify(measured()) !== JSON.stringify(expected) || worst > 0;
console.log(
  JSON.stringify({ ...values, threads, afterStep3: expected, afterLast: measured(), mostGrowth: worst }),
);
process.exit(grown ? 1 : 0);
