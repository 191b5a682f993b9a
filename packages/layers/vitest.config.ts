import { mergeConfig } from 'vitest/config';
import base from '../../tools/vitest.config.ts';

// Many small files: loading TensorFlow.js once for all of them saves most of the time.
export default mergeConfig(base, { test: { isolate: false } });
