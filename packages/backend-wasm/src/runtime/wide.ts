import { Probe, RegisterBlock } from '../generated/constants.js';
import { nodeModule } from './node.js';

/**
 * V8 can join pairs of 128-bit vector instructions into 256-bit ones, which doubles the arithmetic of a core,
 * but leaves that off as experimental. Node can switch it on for a while, so that exactly one module is
 * compiled that way; a probe then tells whether the results are right and the larger register blocks pay.
 */
const SWITCH_ON = ['--experimental-wasm-revectorize', '--no-liftoff', '--no-wasm-lazy-compilation'];
const SWITCH_OFF = ['--no-experimental-wasm-revectorize', '--liftoff', '--wasm-lazy-compilation'];
/** First V8 whose revectorization covers fused multiply-add: that of Node 24. */
const FIRST_V8 = 13;

/** How much faster, flop by flop, the wide block must be. It is 1.3 where it works, below 0.9 elsewhere. */
const WORTHWHILE = 1.1;

/**
 * The `wide` module, compiled to 256-bit instructions, or undefined where that cannot be had: outside of Node
 * on x86-64 with V8 13 or newer, or without AVX2.
 */
export async function compileWide(
  binary: () => Promise<Uint8Array>,
  probe: () => Promise<Uint8Array>,
): Promise<WebAssembly.Module | undefined> {
  const v8 = await nodeModule<typeof import('node:v8')>('node:v8');
  if (v8 === undefined || process.arch !== 'x64') return undefined;
  if (Number.parseInt(process.versions.v8, 10) < FIRST_V8) return undefined;
  const [wideBytes, probeBytes] = await Promise.all([binary(), probe()]);
  for (const flag of SWITCH_ON) v8.setFlagsFromString(flag);
  try {
    // Compiled on this thread: the flags must not be in force when anything else is compiled.
    if (!pays(new WebAssembly.Module(probeBytes as BufferSource))) return undefined;
    return new WebAssembly.Module(wideBytes as BufferSource);
  } finally {
    for (const flag of SWITCH_OFF) v8.setFlagsFromString(flag);
  }
}

/** The probe's memory in floats. */
const C = Probe.C / 4;
const A = Probe.A / 4;
const B = Probe.B / 4;
const { STEPS } = Probe;
const { ROWS, WIDE_COLUMNS, NARROW_COLUMNS } = RegisterBlock;

function pays(module: WebAssembly.Module): boolean {
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 65536 });
  const { probe } = new WebAssembly.Instance(module, { env: { memory } }).exports as {
    probe: (wide: number, times: number) => void;
  };
  const f32 = new Float32Array(memory.buffer);
  // Small integers: sums are exact in any order.
  for (let i = 0; i < ROWS * STEPS; i++) f32[A + i] = (i % 7) - 3;
  for (let i = 0; i < WIDE_COLUMNS * STEPS; i++) f32[B + i] = (i % 11) - 5;
  const rates = [NARROW_COLUMNS, WIDE_COLUMNS].map((columns) => {
    const wide = columns === WIDE_COLUMNS ? 1 : 0;
    let best = Number.POSITIVE_INFINITY;
    for (let repeat = 0; repeat < 12; repeat++) {
      const start = performance.now();
      probe(wide, 20);
      best = Math.min(best, performance.now() - start);
    }
    return isRight(f32, columns) ? columns / best : 0;
  });
  return rates[1]! > rates[0]! * WORTHWHILE;
}

function isRight(f32: Float32Array, columns: number): boolean {
  for (let r = 0; r < ROWS; r++) {
    for (let j = 0; j < columns; j++) {
      let sum = 0;
      for (let k = 0; k < STEPS; k++) sum += f32[A + k * ROWS + r]! * f32[B + k * columns + j]!;
      if (f32[C + r * WIDE_COLUMNS + j] !== sum) return false;
    }
  }
  return true;
}
