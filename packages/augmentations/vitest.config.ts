import { mergeConfig } from 'vitest/config';
import shared from '../../tools/vitest.config.ts';

/** Many small test files: one load of TensorFlow.js serves them all. */
export default mergeConfig(shared, { test: { isolate: false } });
