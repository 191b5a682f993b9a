import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { availableParallelism, tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BuildOptions, build } from 'esbuild';
import { type BrowserContext, chromium } from 'playwright-core';
import { type Rolldown, build as vite } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Report, trainSmallDcgan } from './browserPage.js';

const folders = (process.env.PATH ?? '').split(delimiter);
const executablePath = ['/usr/bin/chromium', ...folders.map((folder) => join(folder, 'chromium'))].find(
  existsSync,
);
if (!executablePath)
  console.warn('skipped: training in a browser: chromium is neither in /usr/bin nor on PATH');

const flags = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** What a page needs to get memory that threads can share. */
const isolation = {
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
};

/** A page without a bundler finds the built backend, and what that imports, by an import map. */
const backend = fileURLToPath(new URL('../node_modules/@ganjs/backend-wasm/', import.meta.url));
const libraries = [
  '@tensorflow/tfjs',
  '@tensorflow/tfjs-backend-cpu',
  '@ganjs/autodiff',
  '@ganjs/errors',
  'wasm-feature-detect',
];
const libraryFile = (name: string) => `libraries/${name.replace(/\W/g, '-')}`;
const importMap = {
  '@ganjs/backend-wasm': './backend/index.js',
  ...Object.fromEntries(libraries.map((name) => [name, `./${libraryFile(name)}.js`])),
};

/** A machine of one core has the threads asked for by number. */
const threads = availableParallelism() < 2 ? '2' : '';
const page = (imports: Readonly<Record<string, string>>) => `<!doctype html>
  <script type="importmap">${JSON.stringify({ imports })}</script>
  <script type="module">
    import { trainSmallDcgan } from './page.js';
    globalThis.report = trainSmallDcgan(${threads});
  </script>`;

type Files = Readonly<Record<string, string | Uint8Array>>;

/** Bundles modules for a page; the files by the paths at which they are served. */
async function bundle(options: BuildOptions): Promise<Files> {
  const { outputFiles } = await build({
    bundle: true,
    format: 'esm',
    target: 'es2022',
    conditions: ['@ganjs/source'],
    outdir: '/',
    write: false,
    logLevel: 'error',
    ...options,
  });
  return Object.fromEntries(outputFiles!.map(({ path, contents }) => [path, contents]));
}

const pageScript = { page: fileURLToPath(new URL('./browserPage.ts', import.meta.url)) };

const bundled = async (): Promise<Files> => ({
  '/': page({}),
  ...(await bundle({ entryPoints: pageScript })),
});

/** From the built packages, as users have them. */
const builtByVite = async (): Promise<Files> => {
  const [built] = (await vite({
    configFile: false,
    logLevel: 'error',
    build: { write: false, lib: { entry: pageScript, formats: ['es'] } },
  })) as Rolldown.RolldownOutput[];
  const chunks = built!.output.filter((file) => file.type === 'chunk');
  return { '/': page({}), ...Object.fromEntries(chunks.map(({ fileName, code }) => [`/${fileName}`, code])) };
};

/** The backend and TensorFlow.js stay modules of their own; the former is served as it is published. */
const unbundled = async (): Promise<Files> => ({
  '/': page(importMap),
  ...(await bundle({ entryPoints: pageScript, external: Object.keys(importMap) })),
  ...(await bundle({
    absWorkingDir: backend,
    entryPoints: Object.fromEntries(libraries.map((name) => [libraryFile(name), name])),
    splitting: true,
  })),
  ...Object.fromEntries(
    await Promise.all(
      (await readdir(join(backend, 'dist')))
        .filter((file) => file.endsWith('.js'))
        .map(async (file) => [`/backend/${file}`, await readFile(join(backend, 'dist', file))]),
    ),
  ),
});

/** Serves files on a free port of this machine while `f` runs. */
async function serving<T>(
  files: Files,
  headers: Readonly<Record<string, string>>,
  f: (url: string) => Promise<T>,
): Promise<T> {
  const server = createServer((request, response) => {
    const path = request.url!;
    const type = path === '/' ? 'text/html' : 'text/javascript';
    response.writeHead(files[path] ? 200 : 404, { ...headers, 'content-type': `${type}; charset=utf-8` });
    response.end(files[path]);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    return await f(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}

describe.runIf(executablePath)('a page in chromium trains a DCGAN', () => {
  let profile: string;
  let browser: BrowserContext;
  let inNode: Report;

  beforeAll(async () => {
    inNode = await trainSmallDcgan();
    profile = mkdtempSync(join(tmpdir(), 'gan-browser-'));
    browser = await chromium.launchPersistentContext(profile, { executablePath, args: flags });
  });
  afterAll(async () => {
    await browser.close();
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  });

  const trainInPage = (files: Files, headers: Readonly<Record<string, string>>) =>
    serving(files, headers, async (url) => {
      const tab = await browser.newPage();
      const errors: Error[] = [];
      tab.on('pageerror', (error) => errors.push(error));
      await tab.goto(url);
      if (errors[0]) throw errors[0];
      const report = await tab.evaluate<Report>('report');
      await tab.close();
      return report;
    });

  it.each([
    ['by threads, where it is isolated', bundled, isolation],
    ['by itself elsewhere', bundled, {}],
    ['built by Vite', builtByVite, isolation],
    ['without a bundler', unbundled, isolation],
  ])('%s, as Node does', async (_, files, headers) => {
    const isolated = headers === isolation;
    const report = await trainInPage(await files(), headers);
    expect(report).toMatchObject({ isolated, backend: 'ganjs-wasm', left: 0 });
    if (isolated) expect(report.threads).toBeGreaterThan(1);
    else expect(report.threads).toBe(1);

    expect(report.losses).toHaveLength(20);
    for (const [i, losses] of report.losses.entries()) {
      expect(losses.map(({ move, term }) => `${move}/${term}`)).toEqual([
        'discriminator/adversarial',
        'generator/adversarial',
      ]);
      for (const [k, { move, value }] of losses.entries()) {
        const difference = Math.abs(value - inNode.losses[i]![k]!.value);
        expect(difference, `${move} in step ${i + 1}`).toBeLessThan(1e-5);
      }
    }
    expect(report.held[19]).toEqual(report.held[2]);
  });
});
