import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = new URL('../..', import.meta.url).pathname;
const folders = ['packages', 'apps'].flatMap((group) =>
  readdirSync(join(root, group))
    .map((name) => join(root, group, name))
    .filter((folder) => existsSync(join(folder, 'package.json'))),
);

interface Room {
  /** A package may depend on lower floors only; the roof is above all. */
  readonly floor: number;
  /** The packages that it may import; undefined: all of them. */
  readonly mayImport: readonly string[] | undefined;
}

/** The house as CONTRIBUTING.md has it: the rows `| floor | package | one idea | may import |`. */
function readHouse(text: string): ReadonlyMap<string, Room> {
  const rows = text.matchAll(/^\| (\d+|roof) +\| `([a-z-]+)` +\|[^|]*\| ([^|]+?) +\|$/gm);
  return new Map(
    [...rows].map(([, floor = '', name = '', list = '']) => [
      name,
      {
        floor: floor === 'roof' ? Number.POSITIVE_INFINITY : Number(floor),
        mayImport: list === 'all' ? undefined : list === '–' ? [] : list.split(', '),
      },
    ]),
  );
}

const house = readHouse(readFileSync(join(root, 'CONTRIBUTING.md'), 'utf8'));

/** What is wrong with the dependencies of a package on our own ones. */
function misplaced(name: string, needed: readonly string[], rooms = house): string[] {
  const room = rooms.get(name);
  if (!room) return [`${name} has no row in the table of CONTRIBUTING.md`];
  return needed.flatMap((other) => {
    if (room.mayImport && !room.mayImport.includes(other))
      return [`the table lets ${name} not import ${other}`];
    const below = rooms.get(other);
    return below && below.floor < room.floor ? [] : [`${name} needs ${other}, which is not below it`];
  });
}

interface Manifest {
  name: string;
  type: string;
  license: string;
  description: string;
  dependencies?: Record<string, string>;
  peerDependencies?: Record<string, string>;
}

describe('the table of the house', () => {
  it('has a row for each package, and no other', () => {
    expect([...house.keys()].sort()).toEqual(folders.map((folder) => basename(folder)).sort());
  });

  it('refuses what points up or sideways, what it does not name, and what has no row', () => {
    const small = readHouse(
      '| 0 | `ground` | … | – |\n| 0 | `cellar` | … | ground |\n| 1 | `hall` | … | ground, cellar |\n| roof | `tower` | … | all |\n',
    );
    expect(misplaced('hall', ['ground', 'cellar'], small)).toEqual([]);
    expect(misplaced('tower', ['ground', 'hall'], small)).toEqual([]);
    expect(misplaced('cellar', ['ground'], small)).toEqual(['cellar needs ground, which is not below it']);
    expect(misplaced('ground', ['hall'], small)).toEqual(['the table lets ground not import hall']);
    expect(misplaced('tower', ['garden'], small)).toEqual(['tower needs garden, which is not below it']);
    expect(misplaced('garden', [], small)).toEqual(['garden has no row in the table of CONTRIBUTING.md']);
  });
});

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

  it('stands on lower floors only, on what the table names', () => {
    const needed = Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies });
    const ours = needed.filter((dependency) => dependency.startsWith('@ganjs/'));
    expect(
      misplaced(
        name,
        ours.map((dependency) => dependency.replace('@ganjs/', '')),
      ),
    ).toEqual([]);
  });

  it('takes our packages by a range, as dependencies', () => {
    for (const [dependency, range] of Object.entries(manifest.dependencies ?? {})) {
      if (dependency.startsWith('@ganjs/')) expect(range, dependency).toBe('workspace:^');
    }
    // A peer of ours would turn each of its minor releases into a major one of the package.
    const peers = Object.keys(manifest.peerDependencies ?? {});
    expect(peers.filter((dependency) => dependency.startsWith('@ganjs/'))).toEqual([]);
  });

  it('tells where it comes from', () => {
    const directory = relative(root, folder);
    expect(manifest).toMatchObject({
      homepage: `https://github.com/ganjs/ganjs/tree/main/${directory}#readme`,
      bugs: 'https://github.com/ganjs/ganjs/issues',
      repository: { type: 'git', url: 'git+https://github.com/ganjs/ganjs.git', directory },
    });
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

  it('imports zod as a namespace, of which a bundler keeps a quarter', () => {
    for (const file of code) {
      for (const [line] of codeOf(file).matchAll(/^.* from 'zod';$/gm)) {
        expect(line, file).toMatch(/^import (type )?\* as z from/);
      }
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
