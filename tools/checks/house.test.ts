import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

/** The floors of the house: a package may depend on lower floors only. See CONTRIBUTING.md. */
const floors: Record<string, number> = {
  random: 0,
  autodiff: 0,
  'backend-wasm': 1,
  layers: 1,
  losses: 1,
  augmentations: 1,
  datasets: 1,
  metrics: 1,
  visuals: 1,
  architectures: 2,
  trainer: 2,
  testkit: 3,
  variants: 3,
  cli: 4,
};

const root = new URL('../..', import.meta.url).pathname;
const folders = ['packages', 'apps'].flatMap((group) =>
  readdirSync(join(root, group)).map((name) => join(root, group, name)),
);

interface Manifest {
  name: string;
  type: string;
  license: string;
  description: string;
  dependencies?: Record<string, string>;
  peerDependencies?: Record<string, string>;
}

describe.each(folders.map((folder) => [folder.slice(root.length), folder] as const))('%s', (_, folder) => {
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;
  const name = manifest.name.replace('@ganjs/', '');
  const sources = readdirSync(join(folder, 'src'), { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.ts'),
  );
  /** A file's code without its comments. */
  const codeOf = (file: string) =>
    readFileSync(join(folder, 'src', file), 'utf8').replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '');
  const code = sources.filter((file) => !/(\.test|(^|[./])testing)\.ts$|^generated/.test(file));

  it('stands on lower floors only', () => {
    expect(floors).toHaveProperty(name);
    const needed = Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies });
    const ours = needed
      .filter((dependency) => dependency.startsWith('@ganjs/'))
      .map((d) => d.replace('@ganjs/', ''));
    for (const dependency of ours) {
      expect(floors[dependency], `${name} needs ${dependency}`).toBeLessThan(floors[name]!);
    }
  });

  it('declares what it imports', () => {
    const declared = Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies });
    for (const file of code) {
      const text = codeOf(file);
      for (const [, specifier = ''] of text.matchAll(/^(?:import|export)[^'"]*? from '([^'.][^']*)'/gm)) {
        if (specifier.startsWith('node:')) continue;
        const parts = specifier.split('/');
        const library = specifier.startsWith('@') ? parts.slice(0, 2).join('/') : parts[0]!;
        expect(declared, `${file} imports ${specifier}`).toContain(library);
      }
    }
  });

  it('injects no backend below the roof, and takes tfjs as a peer', () => {
    if (name === 'cli') return;
    expect(Object.keys(manifest.dependencies ?? {})).not.toContain('@tensorflow/tfjs');
    // The kit tests pieces on the backends that its user registered.
    if (name === 'backend-wasm' || name === 'testkit') return;
    for (const file of code) {
      expect(codeOf(file), file).not.toMatch(/setBackend\(|tfjs-backend|backend-wasm'/);
    }
  });

  it('keeps files and the console to the roof and to node entries', () => {
    if (name === 'cli' || name === 'backend-wasm') return;
    for (const file of code.filter((path) => !/^node(\/|\.ts)/.test(path))) {
      expect(codeOf(file), file).not.toMatch(/from 'node:|\bconsole\.|\bdocument\./);
    }
  });

  it('draws no random number outside the named streams', () => {
    for (const file of code) {
      expect(codeOf(file), file).not.toMatch(/Math\.random|tf\.random[A-Z]/);
    }
  });

  it('has a README, a description, a licence and tests', () => {
    expect(existsSync(join(folder, 'README.md'))).toBe(true);
    expect(manifest).toMatchObject({
      type: 'module',
      license: 'MIT',
      description: expect.stringMatching(/.{10}/),
    });
    // Not below node_modules, where packages that test each other link in circles.
    const tests = ['src', 'test']
      .filter((name) => existsSync(join(folder, name)))
      .flatMap((name) => readdirSync(join(folder, name), { recursive: true, encoding: 'utf8' }))
      .filter((file) => file.endsWith('.test.ts'));
    expect(tests.length).toBeGreaterThan(0);
  });
});
