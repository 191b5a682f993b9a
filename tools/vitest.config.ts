import { defineConfig } from 'vitest/config';

/** One configuration for every package: tests run on the TypeScript sources of the whole workspace. */
export default defineConfig({
  resolve: { conditions: ['@ganjs/source'] },
  ssr: { resolve: { conditions: ['@ganjs/source'] } },
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    testTimeout: 60_000,
    setupFiles: [new URL('./leakCheck.ts', import.meta.url).pathname],
    pool: 'forks',
    maxWorkers: 1,
    // One load of TensorFlow.js serves all files of a package; those that change its registries isolate them.
    isolate: false,
  },
});
