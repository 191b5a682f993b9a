// Measures what PERFORMANCE.md states, on a machine that does nothing else, and prints its tables: the steps in turns
// with PyTorch's, and the products in turns with stock TensorFlow.js. It takes some five minutes.
//
//   node bench/compare.mjs [--rounds 4] [--threads 1,2] [--python /usr/bin/python3] [--clock wall|cpu]
//
// A time is the median of a run; the table has the median of the rounds, and the best of them in brackets.
import { spawnSync } from 'node:child_process';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '4' },
    threads: { type: 'string', default: '1,2' },
    python: { type: 'string', default: '/usr/bin/python3' },
    clock: { type: 'string', default: 'wall' },
  },
});
const rounds = Number(values.rounds);
const threadCounts = values.threads.split(',').map(Number);
const bench = fileURLToPath(new URL('main.mjs', import.meta.url));
const torch = fileURLToPath(new URL('../../../tools/reference/backend-wasm/step.py', import.meta.url));

/** The JSON lines that a program prints. */
function run(program, args) {
  const { stdout, stderr, status } = spawnSync(program, args.map(String), {
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
  });
  if (status !== 0) throw new Error(`${program} ${args.join(' ')} failed:\n${stderr}`);
  return stdout
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line));
}

const median = (numbers) => numbers.toSorted((a, b) => a - b)[(numbers.length - 1) >> 1];
const row = (...cells) => console.log(`| ${cells.join(' | ')} |`);

console.log(`${cpus()[0].model}, ${cpus().length} cores, Node ${process.versions.node}, ${rounds} rounds\n`);

row('step', 'threads', 'this backend, s', 'PyTorch, s', 'ratio of medians', 'ratio of the best');
row('---', '---', '---', '---', '---', '---');
for (const variant of ['dcgan', 'srgan']) {
  for (const threads of threadCounts) {
    const times = { ours: [], torch: [] };
    const common = ['--variant', variant, '--threads', threads, '--repeats', 5, '--clock', values.clock];
    for (let round = 0; round < rounds; round++) {
      times.ours.push(run(process.execPath, [bench, 'step', '--json', ...common])[0].secondsPerStep);
      times.torch.push(run(values.python, [torch, ...common])[0].secondsPerStep);
    }
    const cell = (numbers) => `${median(numbers).toFixed(3)} (${Math.min(...numbers).toFixed(3)})`;
    const ratio = (pick) => (pick(times.ours) / pick(times.torch)).toFixed(2);
    const least = (numbers) => Math.min(...numbers);
    row(variant, threads, cell(times.ours), cell(times.torch), ratio(median), ratio(least));
  }
}

const many = Math.max(...threadCounts);
console.log();
for (const variant of many > 1 ? ['dcgan', 'srgan'] : []) {
  const args = ['threads', '--json', '--variant', variant, '--threads', many, '--clock', 'wall'];
  const [{ gain, coreGain, idleTurns, turns, idleGain }] = run(process.execPath, [bench, ...args]);
  const idle =
    idleGain === undefined
      ? ''
      : `, and ${idleGain.toFixed(2)} times in the ${idleTurns} of ${turns} turns on idle cores`;
  console.log(
    `${variant}: ${many} threads, in turns with one, are ${gain.toFixed(2)} times as fast (the cores themselves ${coreGain.toFixed(2)})${idle}`,
  );
}

console.log();
row('GEMM, GFLOP/s', 'threads', 'operands', 'this backend', 'stock tfjs wasm', 'ratio');
row('---', '---', '---', '---', '---', '---');
for (const threads of threadCounts) {
  const against = threads === 1 ? ['--against', 'tfjs-wasm'] : [];
  const common = ['--threads', threads, '--clock', values.clock];
  for (const { size, operands, gflops, gflopsAgainst, ratio } of run(process.execPath, [
    bench,
    'gemm',
    '--json',
    ...common,
    ...against,
  ])) {
    const stock = gflopsAgainst === undefined ? ['', ''] : [gflopsAgainst.toFixed(1), ratio.toFixed(1)];
    row(size.join(' x '), threads, operands, gflops.toFixed(1), ...stock);
  }
}
