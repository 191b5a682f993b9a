import { defineConfig } from 'vitest/config';

/** Checks of the repository as a whole. */
export default defineConfig({
  test: {
    include: ['*.test.ts'],
    testTimeout: 600_000,
    hookTimeout: 600_000,
    pool: 'forks',
    fileParallelism: false,
  },
});
