import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { expect, it } from 'vitest';

/** Kilobytes, minified and gzipped, of a program that uses an entry, and the modules that it holds. */
async function bundled(code: string): Promise<{ kilobytes: number; modules: string[] }> {
  const { outputFiles, metafile } = await build({
    stdin: { contents: code, resolveDir: import.meta.dirname },
    platform: 'node',
    format: 'esm',
    conditions: ['@ganjs/source'],
    bundle: true,
    minify: true,
    metafile: true,
    write: false,
  });
  return {
    kilobytes: gzipSync(outputFiles[0]!.contents).length / 1000,
    modules: Object.keys(metafile.inputs),
  };
}

it('costs next to nothing to turn values into pixels', async () => {
  const { kilobytes } = await bundled(`export { toPixels } from './index.js';`);
  expect(kilobytes).toBeLessThan(2);
});

it('keeps charts out of the main entry', async () => {
  const { kilobytes, modules } = await bundled(`export * from './index.js';`);
  expect(modules.filter((module) => /d3-|charts\/|resvg/.test(module))).toEqual([]);
  expect(kilobytes).toBeLessThan(18); // 2 of ours; the rest reads and writes PNG and GIF
});

it('draws charts with little', async () => {
  const { kilobytes, modules } = await bundled(`export * from './charts/index.js';`);
  expect(modules.filter((module) => /fast-png|gifenc|resvg/.test(module))).toEqual([]);
  expect(kilobytes).toBeLessThan(18); // 15 of d3
});

it('loads no renderer with the node entry', async () => {
  const { modules } = await bundled(`export * from './node.js';`);
  expect(modules.filter((module) => /resvg|d3-/.test(module))).toEqual([]);
});
