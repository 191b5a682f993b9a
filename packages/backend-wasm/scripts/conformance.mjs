// Runs tfjs-core's own published test suite against a backend.
//
//   node scripts/conformance.mjs [--backend ganjs-wasm|cpu] [--threads N] [--unshared] [--grep TEXT] [--json]
//
// `--unshared` runs as a page does that is not cross-origin isolated: without shared memory.
// Prints the failures, what was skipped and why, and the totals; exits with 1 if a spec failed.
import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = `${root}node_modules/.cache/conformance`;

const { values } = parseArgs({
  options: {
    backend: { type: 'string', default: 'ganjs-wasm' },
    threads: { type: 'string', default: '1' },
    unshared: { type: 'boolean', default: false },
    grep: { type: 'string', default: '' },
    json: { type: 'boolean', default: false },
  },
});

mkdirSync(folder, { recursive: true });
await build({
  entryPoints: [`${root}scripts/conformanceEntry.mjs`],
  outfile: `${folder}/suite.cjs`,
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  // The suite's files register their specs as a side effect, which tfjs-core's package.json denies.
  mainFields: ['module', 'main'],
  ignoreAnnotations: true,
  nodePaths: [`${root}node_modules`],
  external: ['jasmine-core', 'node-fetch', 'string_decoder'],
  logLevel: 'error',
});
const { status } = spawnSync(process.execPath, [`${folder}/suite.cjs`, JSON.stringify(values)], {
  stdio: 'inherit',
});
process.exitCode = status ?? 1;
