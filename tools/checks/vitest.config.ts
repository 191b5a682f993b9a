import { defineConfig } from 'vitest/config';

/** Checks of the repository as a whole. */
export default defineConfig({
  // The contract is checked on the sources of the packages, as their own tests are.
  resolve: { conditions: ['@ganjs/source'] },
  ssr: { resolve: { conditions: ['@ganjs/source'] } },
  test: {
    include: ['*.test.ts'],
    testTimeout: 600_000,
    hookTimeout: 600_000,
    pool: 'forks',
    fileParallelism: false,
    maxConcurrency: 2,
  },
});
