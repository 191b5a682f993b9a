import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { beforeAll, describe, expect, it } from 'vitest';
import { tinyDataset } from '../../apps/cli/test/gan.js';

/**
 * What users get: each package is packed as for npm, and all are installed with npm in an empty project
 * outside the repository. Needs the packages built, and the registry for their dependencies.
 */
const root = new URL('../..', import.meta.url).pathname;
const run = promisify(execFile);
const project = mkdtempSync(join(tmpdir(), 'ganjs-packed-'));
const tarballs = new Map<string, string>();

interface Manifest {
  name: string;
  exports?: Record<string, unknown>;
}

const folders = ['packages', 'apps', 'examples'].flatMap((group) =>
  readdirSync(join(root, group)).map((name) => join(root, group, name)),
);
const manifests = folders.map(
  (folder) => JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest,
);

/** Every entry that can be imported: `@ganjs/datasets`, `@ganjs/datasets/node`, … */
const entries = manifests.flatMap(({ name, exports = {} }) =>
  Object.keys(exports)
    .filter((path) => path !== './package.json')
    .map((path) => name + path.slice(1)),
);

/** Runs a program in the project; a failure shows its output. */
async function inProject(command: string, ...args: string[]): Promise<string> {
  const options = { cwd: project, env: { ...process.env, NO_COLOR: '1' }, maxBuffer: 2 ** 26 };
  try {
    const { stdout, stderr } = await run(command, args, options);
    return stdout + stderr;
  } catch (error) {
    const { stdout, stderr } = error as { stdout: string; stderr: string };
    throw new Error(`${command} ${args.join(' ')} failed:\n${stdout}\n${stderr}`);
  }
}

beforeAll(async () => {
  for (const [i, folder] of folders.entries()) {
    const { stdout } = await run('pnpm', ['pack', '--json', '--pack-destination', project], { cwd: folder });
    tarballs.set(manifests[i]!.name, (JSON.parse(stdout) as { filename: string }).filename);
  }
  const dependencies = Object.fromEntries([...tarballs].map(([name, file]) => [name, `file:${file}`]));
  writeFileSync(
    join(project, 'package.json'),
    JSON.stringify({ private: true, type: 'module', dependencies }),
  );
  await inProject('npm', 'install', '--no-audit', '--no-fund', '--prefer-offline', '--loglevel=error');
});

describe('the packed packages', () => {
  it('install together with npm, with one copy of TensorFlow.js', async () => {
    const copies = await inProject('npm', 'ls', '@tensorflow/tfjs-core', '--parseable');
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
    const script = `for (const entry of ${JSON.stringify(entries)}) {
      const count = Object.keys(await import(entry)).length;
      if (count === 0) throw new Error(entry + ' exports nothing');
    }`;
    await inProject('node', '--input-type=module', '--eval', script);
  });

  it('type-check in a strict project', async () => {
    const lines = entries.map(
      (entry, i) => `import * as m${i} from '${entry}';\nexport const k${i}: object = m${i};`,
    );
    mkdirSync(join(project, 'src'), { recursive: true });
    writeFileSync(join(project, 'src/all.ts'), `${lines.join('\n')}\n`);
    const compilerOptions = {
      ...{ strict: true, module: 'nodenext', target: 'es2022', lib: ['es2023', 'dom'], noEmit: true },
      ...{ skipLibCheck: false, types: [] },
    };
    writeFileSync(join(project, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['src'] }));
    const output = await inProject(join(root, 'node_modules/.bin/tsc')).catch(
      (error: Error) => error.message,
    );
    // TensorFlow.js's own declarations have errors in strict projects; ours may not.
    expect(output.split('\n').filter((line) => /error TS/.test(line) && /ganjs|^src/.test(line))).toEqual([]);
  });

  it("train somebody else's variant by its package's name", async () => {
    mkdirSync(join(project, 'tiny'), { recursive: true });
    tinyDataset(join(project, 'tiny'));
    const flags = ['--data', 'tiny', '--out', 'run', '--steps', '2', '--batch', '8', '--set', 'width=16'];
    const output = await inProject('npx', 'gan', 'train', '@example/gan-relativistic', ...flags);
    expect(output).toContain('relativistic on tiny');
    expect(statSync(join(project, 'run/final.png')).size).toBeGreaterThan(100);
    expect(await inProject('npx', 'gan', 'sample', 'run', '--n', '4', '--out', 'four.png')).toContain(
      'four.png',
    );
    expect(await inProject('npx', 'gan', 'variants', '@example/gan-relativistic')).toContain('1807.00734');
  });
});

describe.each(manifests.map(({ name }) => name))('%s', (name) => {
  it('is packed as publint and arethetypeswrong want it', async () => {
    const folder = join(project, 'node_modules', name);
    const { messages, pkg } = await publint({ pkgDir: folder, strict: true, pack: false });
    expect(messages.map((message) => formatMessage(message, pkg))).toEqual([]);
    if (!entries.includes(name)) return;
    const attw = join(root, 'node_modules/.bin/attw');
    await inProject(attw, tarballs.get(name)!, '--profile', 'esm-only', '--no-color', '--format', 'ascii');
  });
});
