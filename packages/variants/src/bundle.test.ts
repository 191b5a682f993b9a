import { build } from 'esbuild';
import { expect, it } from 'vitest';
import { variants } from './index.js';

/** The files of variants that a program's bundle holds. */
async function variantsIn(code: string): Promise<string[]> {
  const { metafile } = await build({
    stdin: { contents: code, resolveDir: import.meta.dirname },
    external: ['@tensorflow/*'],
    platform: 'neutral',
    mainFields: ['module', 'main'],
    format: 'esm',
    conditions: ['@ganjs/source'],
    bundle: true,
    metafile: true,
    write: false,
  });
  const [output] = Object.values(metafile.outputs);
  const held = Object.entries(output!.inputs).filter(([, { bytesInOutput }]) => bytesInOutput > 0);
  const files = variants.map(({ name }) =>
    name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase()),
  );
  return files.filter((file) => held.some(([path]) => path.endsWith(`/${file}.ts`)));
}

it.each([
  ["export { dcgan } from './index.js';", 'dcgan'],
  ["export { cyclegan } from './index.js';", 'cyclegan'],
  ["export { wganGp } from './dcgan/wganGp.js';", 'wganGp'],
])('%s bundles that variant alone', async (code, variant) => {
  expect(await variantsIn(code)).toEqual([variant]);
});
