import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { InlineConfig } from 'vite';

/** The pages in a folder. */
function pagesIn(root: string): string[] {
  const pages = readdirSync(root).filter((file) => file.endsWith('.html'));
  return pages.map((file) => join(root, file));
}

/** How the pages in `root` are built: with TensorFlow.js's core and layers alone, as `@ganjs/backend-wasm` tells. */
export function viteConfig(root: string): InlineConfig {
  const replacement = createRequire(join(root, 'index.js')).resolve('@ganjs/backend-wasm/tfjs');
  return {
    root,
    configFile: false,
    logLevel: 'error',
    resolve: { alias: [{ find: /^@tensorflow\/tfjs$/, replacement }] },
    worker: { format: 'es' },
    build: { target: 'es2022', rollupOptions: { input: pagesIn(root) } },
  };
}
