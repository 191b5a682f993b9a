import { readFileSync } from 'node:fs';
import ts from 'typescript';

/** What an exported function or value still lacks in its docstring. */
export interface Gap {
  name: string;
  missing: string[];
}

/**
 * Reads the docstring of everything that an index file re-exports from its package.
 *
 * Functions and values need a formula (an indented line) and a source; functions also a line for each parameter, and
 * what they return; types need a sentence.
 *
 * @param index URL of the index.ts.
 */
export function documentationGaps(index: URL): Gap[] {
  return parse(index)
    .statements.filter(ts.isExportDeclaration)
    .flatMap((statement) => {
      const specifier = (statement.moduleSpecifier as ts.StringLiteral).text.replace(/\.js$/, '.ts');
      // What comes from another package is documented there.
      if (!specifier.startsWith('.')) return [];
      const file = parse(new URL(specifier, index));
      const names = (statement.exportClause as ts.NamedExports).elements.map((element) => element.name.text);
      return names.map((name) => ({ name, missing: missingIn(file, name) }));
    })
    .filter(({ missing }) => missing.length > 0);
}

function missingIn(file: ts.SourceFile, name: string): string[] {
  const declaration = file.statements.find((statement) => declares(statement, name));
  if (!declaration) return ['a declaration'];
  const comment = (ts.getLeadingCommentRanges(file.text, declaration.getFullStart()) ?? [])
    .map(({ pos, end }) => file.text.slice(pos, end))
    .filter((text) => text.startsWith('/**'))
    .at(-1);
  if (!comment) return ['a docstring'];
  if (ts.isInterfaceDeclaration(declaration) || ts.isTypeAliasDeclaration(declaration)) return [];
  if (ts.isClassDeclaration(declaration)) return [];
  const required: [string, boolean][] = [
    ['a formula', /^ \* {5,}\S/m.test(comment)],
    ['@source', comment.includes('@source')],
  ];
  if (ts.isFunctionDeclaration(declaration)) {
    required.push(['@returns', comment.includes('@returns')]);
    for (const parameter of declaration.parameters) {
      const label = ts.isIdentifier(parameter.name) ? parameter.name.text : 'options';
      required.push([`@param ${label}`, new RegExp(`@param ${label}\\b`).test(comment)]);
    }
  }
  return required.filter(([, present]) => !present).map(([what]) => what);
}

function declares(statement: ts.Statement, name: string): boolean {
  if (ts.isVariableStatement(statement)) {
    return statement.declarationList.declarations.some((d) => d.name.getText() === name);
  }
  return 'name' in statement && (statement.name as ts.Identifier | undefined)?.text === name;
}

function parse(url: URL): ts.SourceFile {
  return ts.createSourceFile(url.pathname, readFileSync(url, 'utf8'), ts.ScriptTarget.ES2022, true);
}
