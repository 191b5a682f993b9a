import { build, type Metafile } from 'esbuild';
import { expect, it } from 'vitest';

/** The libraries that load with a source file: not those that an action imports when it runs. */
async function loadedWith(file: string): Promise<string[]> {
  const { metafile } = await build({
    entryPoints: [new URL(`../src/${file}`, import.meta.url).pathname],
    outdir: 'out',
    platform: 'node',
    format: 'esm',
    packages: 'external',
    bundle: true,
    splitting: true,
    metafile: true,
    write: false,
  });
  const { outputs } = metafile;
  const start = Object.keys(outputs).find((path) => outputs[path]!.entryPoint?.endsWith(file))!;
  return [...staticImports(outputs, start)].filter((path) => !(path in outputs)).sort();
}

/** What a bundle's file imports, and what that imports in turn, without `import()`. */
function staticImports(outputs: Metafile['outputs'], path: string, seen = new Set<string>()): Set<string> {
  for (const { path: imported, kind } of outputs[path]?.imports ?? []) {
    if (kind !== 'import-statement' || seen.has(imported)) continue;
    seen.add(imported);
    staticImports(outputs, imported, seen);
  }
  return seen;
}

it('gan --help loads what reads flags, and no TensorFlow.js, zod or data', async () => {
  expect(await loadedWith('main.ts')).toEqual(['@ganjs/errors', 'commander', 'node:module', 'picocolors']);
});

it('sees what an action loads', async () => {
  expect(await loadedWith('actions/train.ts')).toContain('@tensorflow/tfjs');
});
