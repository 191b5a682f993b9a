import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { isVariant, tasks, type Variant } from '@ganjs/trainer';
import { beforeAll, describe, expect, it } from 'vitest';

/**
 * What is generated from the variants' files: the list in index.ts, the entries in package.json, the rows in the README.
 * `vitest run -u` writes them anew.
 */
const folder = import.meta.dirname;
const inPackage = (file: string) => readFileSync(join(folder, '..', file), 'utf8');

interface Found {
  /** The path from the source folder. */
  readonly file: string;
  /** The name of the export. */
  readonly exported: string;
  readonly variant: Variant;
}

let found: Found[];
beforeAll(async () => {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    .filter((file) => readFileSync(join(folder, file), 'utf8').includes('defineVariant({'));
  found = await Promise.all(
    files.map(async (file) => {
      const exports = Object.entries((await import(join(folder, file))) as object);
      const [exported, variant] = exports.find(([, value]) => isVariant(value)) as [string, Variant];
      return { file, exported, variant };
    }),
  );
  // In the order in which the papers came out.
  found.sort((a, b) => Number(a.variant.paper.arxiv) - Number(b.variant.paper.arxiv));
});

/** `./dcgan/wganGp.js` */
const importPath = ({ file }: Found) => `./${relative(folder, join(folder, file)).replace(/\.ts$/, '.js')}`;

describe('generated from the variants', () => {
  it('the list of index.ts', async () => {
    const byPath = found.toSorted((a, b) => (importPath(a) < importPath(b) ? -1 : 1));
    const names = found.map(({ exported }) => exported);
    const imports = byPath.map((one) => `import { ${one.exported} } from '${importPath(one)}';`);
    const text = `import type { Variant } from '@ganjs/trainer';
${imports.join('\n')}

export { ${names.toSorted().join(', ')} };

/** All variants of this package, in the order in which their papers came out. */
export const variants: readonly Variant[] = [
${names.map((name) => `  ${name},`).join('\n')}
];
`;
    await expect(text).toMatchFileSnapshot('./index.ts');
  });

  it('the entries of package.json', async () => {
    const manifest = JSON.parse(inPackage('package.json')) as { exports: object };
    const entry = (source: string, built: string) => ({
      '@ganjs/source': `./src/${source}`,
      types: `./dist/${built}.d.ts`,
      default: `./dist/${built}.js`,
    });
    const exports = {
      '.': entry('index.ts', 'index'),
      ...Object.fromEntries(found.map(({ file, variant: { name } }) => [`./${name}`, entry(file, name)])),
      './package.json': './package.json',
    };
    await expect(`${JSON.stringify({ ...manifest, exports }, null, 2)}\n`).toMatchFileSnapshot(
      '../package.json',
    );
  });

  it('the rows of the README', async () => {
    const rows = found.map(({ variant: { name, paper, summary, task } }) => {
      const [first, second, third] = paper.authors.split(', ');
      const authors = third ? `${first} et al.` : second ? `${first} and ${second}` : first;
      return `| \`${name}\` | ${summary} | ${authors}, ${paper.title}, ${paper.year} | ${task} |`;
    });
    const table = ['| variant | | paper | task |', '|---|---|---|---|', ...rows].join('\n');
    const text = inPackage('README.md').replace(/\| variant \|.*?(?=\n\n)/s, table);
    await expect(text).toMatchFileSnapshot('../README.md');
  });
});

describe('each variant', () => {
  it('has a test beside it, and a name that is its file and its export', () => {
    const camel = (name: string) => name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
    for (const { file, exported, variant } of found) {
      expect(existsSync(join(folder, file.replace(/\.ts$/, '.test.ts'))), `the test of ${file}`).toBe(true);
      expect([exported, file.split('/').at(-1)]).toEqual([camel(variant.name), `${camel(variant.name)}.ts`]);
    }
  });

  it('has an own paper and a task', () => {
    for (const { variant } of found) expect(tasks).toHaveProperty(variant.task);
    expect(new Set(found.map(({ variant }) => variant.paper.arxiv)).size).toBe(found.length);
  });
});
