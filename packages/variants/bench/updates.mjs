// What simultaneous updates gain: the tutorial's DCGAN step, in which both players learn from one forward pass, beside
// the alternating one, in turns in one process. Build first (`pnpm build`).
//
//   node bench/updates.mjs [--batch 64] [--steps 5] [--turns 5] [--threads N]
import { parseArgs } from 'node:util';
import { registerWasmBackend } from '@ganjs/backend-wasm';
import { fromArrays } from '@ganjs/datasets';
import { disposeGame, train } from '@ganjs/trainer';
import { dcgan } from '@ganjs/variants';
import * as tf from '@tensorflow/tfjs';

const { values } = parseArgs({
  options: {
    batch: { type: 'string', default: '64' },
    steps: { type: 'string', default: '5' },
    turns: { type: 'string', default: '5' },
    threads: { type: 'string' },
  },
});
const [batch, steps, turns] = [values.batch, values.steps, values.turns].map(Number);
await tf.setBackend(await registerWasmBackend(values.threads ? { threads: Number(values.threads) } : {}));

const image = { height: 28, width: 28, channels: 1 };
const images = Uint8Array.from({ length: batch * 784 }, (_, i) => (i * 37 + Math.floor(i / 784) * 11) % 256);
const data = fromArrays({ name: 'stripes', images, image });

/** The seconds of each step of one kind of updates, after two to warm up. */
async function seconds(updates) {
  const game = dcgan.create(dcgan.config.parse({ updates }), { image, classes: 0, seed: 1 });
  const measured = [];
  for await (const event of train(game, data, { batch, seed: 1, length: { steps: steps + 2 }, samples: 1 })) {
    if (event.type === 'step') measured.push(event.seconds);
  }
  disposeGame(game);
  return measured.slice(2);
}

const median = (numbers) => numbers.sort((a, b) => a - b)[Math.floor(numbers.length / 2)];
const taken = { alternating: [], simultaneous: [] };
for (let turn = 0; turn < turns; turn++) {
  for (const updates of Object.keys(taken)) taken[updates].push(...(await seconds(updates)));
}
const [alternating, simultaneous] = Object.values(taken).map(median);
console.log(
  JSON.stringify({
    batch,
    alternating,
    simultaneous,
    ratio: Number((simultaneous / alternating).toFixed(3)),
  }),
);
process.exit(0);
