import { mergeConfig } from 'vitest/config';
import shared from '../../tools/vitest.config.ts';

// Tests register backends with options of their own: each file starts afresh.
export default mergeConfig(shared, { test: { isolate: true } });
