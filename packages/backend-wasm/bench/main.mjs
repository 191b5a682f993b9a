// Benchmarks. Build the package first (`pnpm --filter @ganjs/backend-wasm build`).
//
//   node bench/main.mjs gemm|conv|fused|step|threads [--variant dcgan|srgan] [--batch 64] [--backend wasm|cpu|tfjs-wasm|node]
//                       [--threads N] [--repeats N] [--clock wall|cpu] [--profile] [--json]
//                       [--against tfjs-wasm]   (gemm: the same products on another backend, and the ratio)
//                       (threads: takes turns with one thread, and says what N, or all cores, gain)
//   node bench/memory.mjs    1,000 steps must end with the memory of the third
//   node bench/compare.mjs   takes turns with PyTorch and prints the tables of PERFORMANCE.md
//
// Every figure is the median of the repeats. `--json` prints one object a line.
import { parseArgs } from 'node:util';
import { openBackend } from './backends.mjs';
import { conv } from './conv.mjs';
import { fusedOperations } from './fused.mjs';
import { gemm } from './gemm.mjs';
import { setClock } from './measure.mjs';
import { stepBench } from './step.mjs';
import { threadGain } from './threads.mjs';

const benches = { gemm, conv, step: stepBench, threads: threadGain, fused: fusedOperations };
const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    variant: { type: 'string', default: 'dcgan' },
    batch: { type: 'string' },
    backend: { type: 'string', default: 'wasm' },
    threads: { type: 'string' },
    repeats: { type: 'string' },
    clock: { type: 'string', default: 'wall' },
    profile: { type: 'boolean', default: false },
    against: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
});
const [name = 'step'] = positionals;
const bench = benches[name];
if (bench === undefined) {
  console.error(`unknown benchmark '${name}'; there are: ${Object.keys(benches).join(', ')}`);
  process.exit(2);
}
const number = (option) => (values[option] === undefined ? undefined : Number(values[option]));

setClock(values.clock);
const threads = await openBackend(values.backend, number('threads'));
for await (const { text, ...result } of bench({
  variant: values.variant,
  batch: number('batch'),
  repeats: number('repeats'),
  profile: values.profile,
  against: values.against,
  threads,
})) {
  const line = { bench: name, backend: values.backend, threads, clock: values.clock, ...result };
  console.log(values.json ? JSON.stringify(line) : text);
}
process.exit(0);
