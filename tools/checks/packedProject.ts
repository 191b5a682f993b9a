import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

/**
 * What users get: each package is packed as for npm, and all are installed with npm in an empty project
 * outside the repository. Needs the packages built, and the registry for their dependencies.
 */
export const root = new URL('../..', import.meta.url).pathname;
const run = promisify(execFile);

interface Manifest {
  readonly name: string;
  readonly exports?: Readonly<Record<string, unknown>>;
}

/** The folders of all packages that are published, apps and examples included. */
export const folders = ['packages', 'apps', 'examples'].flatMap((group) =>
  readdirSync(join(root, group)).map((name) => join(root, group, name)),
);
export const manifests = folders.map(
  (folder) => JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest,
);

/** A new empty folder. */
export function newProject(): string {
  return mkdtempSync(join(tmpdir(), 'ganjs-packed-'));
}

/** Packs every package into a folder. @returns the tarballs by the packages' names. */
export async function packAll(destination: string): Promise<ReadonlyMap<string, string>> {
  const tarballs = new Map<string, string>();
  for (const [i, folder] of folders.entries()) {
    const { stdout } = await run('pnpm', ['pack', '--json', '--pack-destination', destination], {
      cwd: folder,
    });
    tarballs.set(manifests[i]!.name, (JSON.parse(stdout) as { filename: string }).filename);
  }
  return tarballs;
}

/** Makes a project that depends on packages, each a version or a tarball, and installs them with npm. */
export async function installWithNpm(
  project: string,
  dependencies: Readonly<Record<string, string>>,
  overrides: Readonly<Record<string, string>> = {},
): Promise<void> {
  const manifest = { private: true, type: 'module', dependencies, overrides };
  writeFileSync(join(project, 'package.json'), JSON.stringify(manifest));
  await npmInstall(project);
}

/** Runs `npm install` in a project. */
export async function npmInstall(project: string, ...libraries: string[]): Promise<void> {
  const flags = ['--no-audit', '--no-fund', '--prefer-offline', '--loglevel=error'];
  await inFolder(project, 'npm', 'install', ...flags, ...libraries);
}

/** The packages as dependencies: each its tarball. */
export function asDependencies(tarballs: ReadonlyMap<string, string>): Record<string, string> {
  return Object.fromEntries([...tarballs].map(([name, file]) => [name, `file:${file}`]));
}

/** Runs a program in a folder; a failure shows its output. */
export async function inFolder(cwd: string, command: string, ...args: string[]): Promise<string> {
  const options = { cwd, env: { ...process.env, NO_COLOR: '1' }, maxBuffer: 2 ** 26 };
  try {
    const { stdout, stderr } = await run(command, args, options);
    return stdout + stderr;
  } catch (error) {
    const { stdout, stderr } = error as { stdout: string; stderr: string };
    throw new Error(`${command} ${args.join(' ')} failed:\n${stdout}\n${stderr}`);
  }
}
