import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = new URL('../..', import.meta.url).pathname;
const tracked = (...patterns: string[]) =>
  execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', ...patterns], { cwd: root })
    .toString()
    .split('\n')
    .filter((file) => file !== '' && !file.includes('/assembly/'));
const read = (file: string) => readFileSync(join(root, file), 'utf8');

const all = tracked(
  'packages/*/src/*.ts',
  'packages/*/test/*.ts',
  'apps/*.ts',
  'examples/*.ts',
  'tools/checks/*.ts',
);
const sources = all.filter((file) => /\/src\//.test(file) && !/(\.test|testing|\.d)\.ts$/.test(file));

/** What each check finds wrong, a line each: `file: what`. */
function findings(files: readonly string[], find: (text: string) => readonly string[]): string[] {
  return files.flatMap((file) => find(read(file)).map((what) => `${file}: ${what}`));
}

/** The docstrings of a file. */
const docstrings = (text: string) => text.match(/\/\*\*.*?\*\//gs) ?? [];
/** The tags of a docstring, in order. */
const tagsOf = (docstring: string) =>
  [...docstring.matchAll(/^\s*(?:\/\*\*|\*)\s*@(\w+)/gm)].map(([, tag]) => tag!);

describe('one dialect', () => {
  it('of imports: relative ones end in .js', () => {
    const bad = (text: string) =>
      [...text.matchAll(/(?:from|import\() ?'(\.[^']*)'/g)]
        .map(([, path]) => path!)
        .filter((path) => !/\.(js|mjs|json)$/.test(path));
    expect(
      findings(
        all.filter((file) => !file.endsWith('.config.ts')),
        bad,
      ),
    ).toEqual([]);
  });

  it('of docstrings: everything exported has one', () => {
    const declaration = /^export (async )?(function\*?|class|interface|const|enum|abstract class) \w+/;
    const undocumented = (text: string) => {
      const lines = text.split('\n');
      return lines.filter((line, i) => {
        const before = lines[i - 1] ?? '';
        // A further signature of a function stands under the first.
        return declaration.test(line) && !before.endsWith('*/') && !/^export function .*;$/.test(before);
      });
    };
    expect(findings(sources, undocumented)).toEqual([]);
  });

  it('of docstrings: @param, @returns, @throws, @source, @example, in that order, without hyphens and braces', () => {
    const order = ['param', 'returns', 'throws', 'source', 'see', 'example', 'internal'];
    const odd = (text: string) =>
      docstrings(text).flatMap((docstring) => {
        const tags = tagsOf(docstring);
        const ranks = tags.map((tag) => order.indexOf(tag));
        const sorted = ranks.every((rank, i) => rank >= 0 && (i === 0 || ranks[i - 1]! <= rank));
        const plain = !/@param [\w.[\]]+ - |@throws \{|^\s*\* Source: /m.test(docstring);
        return sorted && plain ? [] : [`@${tags.join(' @')}`];
      });
    expect(findings(sources, odd)).toEqual([]);
  });

  it('of options: a norm is called norm', () => {
    expect(findings(sources, (text) => text.match(/readonly normali[sz]ation\?/g) ?? [])).toEqual([]);
  });

  it('of the field: nothing is painted or judged', () => {
    const texts = [...sources, ...tracked('*.md').filter((file) => !/^(\.changeset|results)\//.test(file))];
    // Trained weights are text, too.
    const words = texts.filter((file) => !file.endsWith('weights.ts'));
    expect(
      findings(words, (text) => text.match(/\b(paint(s|ed|ing|er)?|judg(e|es|ed|ing))\b/gi) ?? []),
    ).toEqual([]);
  });
});

describe('files', () => {
  const excepted = new Map(
    [...read('CONTRIBUTING.md').matchAll(/^\| `([\w/.-]+\.ts)` +\| ([^|]+?) +\|$/gm)].map(([, file, why]) => [
      file!,
      why!,
    ]),
  );

  it('are under 300 lines, or have their reason in CONTRIBUTING.md', () => {
    const long = all.filter((file) => read(file).split('\n').length > 301);
    expect(long.sort()).toEqual([...excepted.keys()].sort());
  });
});
