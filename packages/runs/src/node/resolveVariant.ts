import { pathToFileURL } from 'node:url';
import { suggestion } from '@ganjs/errors';
import { isVariant, type Variant } from '@ganjs/trainer';
import { variants } from '@ganjs/variants';
import { resolve } from 'import-meta-resolve';
import { RunError } from '../errors.js';

/**
 * Finds a variant: one of ours by its name, or somebody else's by its package's name or file, resolved from
 * the current folder. `package#name` picks one of several.
 *
 * @throws RunError when there is none; it suggests the nearest name.
 */
export async function resolveVariant(specifier: string): Promise<Variant> {
  const own = variants.find(({ name }) => name === specifier);
  if (own) return own;
  const [location = '', wanted] = specifier.split('#');
  const looksLikePackage = /^[.@/]|[/#]/.test(specifier) || /(^|-)gan-/.test(specifier);
  let url: string;
  try {
    url = resolve(location, pathToFileURL(`${process.cwd()}/`).href);
  } catch (error) {
    const names = variants.map(({ name }) => name);
    if (!looksLikePackage)
      throw new RunError(`There is no variant "${specifier}".${suggestion(specifier, names)}`);
    throw new RunError(
      `The variant's package "${location}" was not found from ${process.cwd()}. Install it there with ` +
        `\`npm install ${location}\`, or name one of: ${names.join(', ')}.`,
      { cause: error },
    );
  }
  const exports = await importVariants(location, url);
  const found = wanted === undefined ? exports : exports.filter(({ name }) => name === wanted);
  const [variant] = found;
  if (found.length === 1 && variant) return variant;
  const names = exports.map(({ name }) => name);
  if (names.length === 0) {
    throw new RunError(`"${location}" exports no variant: a value made by defineVariant of @ganjs/trainer.`);
  }
  throw new RunError(
    wanted === undefined
      ? `"${location}" exports several variants: name one, as in "${location}#${names[0]}" (${names.join(', ')}).`
      : `"${location}" exports no variant "${wanted}".${suggestion(wanted, names)}`,
  );
}

async function importVariants(location: string, url: string): Promise<Variant[]> {
  try {
    const module = (await import(url)) as Record<string, unknown>;
    return [...new Set(Object.values(module))].filter(isVariant);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new RunError(`"${location}" could not be loaded: ${why}`, { cause: error });
  }
}
