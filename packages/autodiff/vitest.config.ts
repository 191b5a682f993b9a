import { mergeConfig } from 'vitest/config';
import shared from '../../tools/vitest.config.ts';

// Some tests show stock TensorFlow.js, others correct it: each file has its own.
export default mergeConfig(shared, { test: { isolate: true } });
