import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';

interface Result {
  passed: number;
  failed: number;
  excluded: number;
  skipped: string[];
  failures: string[];
}

const script = fileURLToPath(new URL('../scripts/conformance.mjs', import.meta.url));

/** Node exits with 1 when specs fail; the result is on its output either way. */
async function conformance(options: readonly string[]): Promise<Result> {
  const { stdout } = await promisify(execFile)(process.execPath, [script, '--json', ...options], {
    maxBuffer: 2 ** 28,
  }).catch((error: { stdout: string }) => error);
  return JSON.parse(stdout.trim().split('\n').at(-1)!) as Result;
}

/**
 * tfjs-core 4.22.0 has 4,227 specs for a backend named `cpu` and two fewer for any other: those of "Switching cpu
 * backends". None is left out but the five that tfjs-core itself disables.
 */
const SPECS = 4225;

describe("tfjs-core's own suite", () => {
  for (const options of [['--threads', '1'], ['--threads', '2'], ['--unshared']]) {
    it(`passes with ${options.join(' ')}`, { timeout: 300_000 }, async () => {
      const result = await conformance(options);
      for (const line of result.skipped) console.log(`skipped ${line}`);
      expect(result.failures).toEqual([]);
      expect(result).toMatchObject({ passed: SPECS, failed: 0, excluded: 0 });
      expect(result.skipped).toHaveLength(5);
    });
  }
});
