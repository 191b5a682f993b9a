// Bundled by conformance.mjs together with the suite.
import jasmineRequire from 'jasmine-core';

const jasmine = jasmineRequire.boot();
const options = JSON.parse(process.argv[2]);

/** Specs that are not run, by a part of their full name, and why. */
const filtered = [];

async function main() {
  const tf = await import('@tensorflow/tfjs');
  const { setTestEnvs } = await import('@tensorflow/tfjs-core/dist/jasmine_util');
  const { registerWasmBackend } = await import('../src/index.ts');
  if (options.unshared) globalThis.crossOriginIsolated = false;
  if (options.backend === 'ganjs-wasm') await registerWasmBackend({ threads: Number(options.threads) });
  setTestEnvs([{ name: options.backend, backendName: options.backend, isDataSync: true }]);
  await import('@tensorflow/tfjs-core/dist/public/chained_ops/register_all_chained_ops');
  await import('@tensorflow/tfjs-core/dist/tests');
  await tf.setBackend(options.backend);

  const env = jasmine.getEnv();
  const skipped = [];
  env.configure({
    random: false,
    failSpecWithNoExpectations: false,
    specFilter: (spec) => {
      const name = spec.getFullName();
      const rule = filtered.find((f) => name.includes(f.name));
      if (rule !== undefined) skipped.push(`${name}: ${rule.reason}`);
      return rule === undefined && name.includes(options.grep);
    },
  });
  const failures = [];
  const count = { passed: 0, failed: 0, pending: 0, excluded: 0 };
  env.addReporter({
    specDone: (spec) => {
      count[spec.status]++;
      if (spec.status === 'pending')
        skipped.push(`${spec.fullName}: pending in tfjs-core (${spec.pendingReason || 'xit'})`);
      if (spec.status === 'failed') {
        failures.push({
          name: spec.fullName,
          messages: spec.failedExpectations.map((f) => `${f.message}\n${f.stack ?? ''}`),
        });
      }
    },
  });
  const started = performance.now();
  await env.execute();
  const seconds = Number(((performance.now() - started) / 1000).toFixed(1));
  const result = { backend: options.backend, threads: Number(options.threads), ...count, seconds };
  if (options.json) {
    console.log(JSON.stringify({ ...result, skipped, failures: failures.map((f) => f.name) }));
  } else {
    for (const { name, messages } of failures)
      console.log(`FAILED ${name}\n  ${messages.join('\n  ').slice(0, 600)}`);
    for (const line of skipped) console.log(`skipped ${line}`);
    console.log(JSON.stringify(result));
  }
  process.exit(failures.length > 0 ? 1 : 0);
}

main();
