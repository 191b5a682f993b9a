import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { type BrowserContext, chromium, type Page } from 'playwright-core';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { asDependencies, installWithNpm, newProject, packAll, root } from './packedProject.js';
import type { Message } from './page/messages.js';
import { viteConfig } from './page/viteConfig.js';

/** What a visitor downloads, at most, in gzipped bytes. */
const MOST_BEFORE_WORKER = 60_000;
const MOST_BY_WORKER = 350_000;

const executablePath = ['/usr/bin/chromium', '/usr/bin/chromium-browser'].find(existsSync);
if (!executablePath) console.warn('skipped: the page that Vite builds: there is no chromium in /usr/bin');
const types: Readonly<Record<string, string>> = { '.html': 'text/html', '.js': 'text/javascript' };

/** Serves a folder, and writes down what is asked for. */
function serve(folder: string) {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const path = request.url === '/' ? '/index.html' : request.url!;
    const file = join(folder, path);
    if (!existsSync(file)) {
      response.writeHead(404).end();
      return;
    }
    asked.push(file);
    // What a page needs for memory that threads share.
    const isolation = {
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-embedder-policy': 'require-corp',
    };
    response.writeHead(200, {
      'content-type': types[extname(file)] ?? 'application/octet-stream',
      ...isolation,
    });
    response.end(readFileSync(file));
  });
  return { server, asked };
}

const gzipped = (files: readonly string[]) =>
  files.reduce((bytes, file) => bytes + gzipSync(readFileSync(file)).length, 0);

/** The program for pages that a README shows. */
function pageBlock(readme: string): string {
  return /^```ts page\n(.*?)^```/ms.exec(readFileSync(join(root, readme), 'utf8'))![1]!;
}

describe.runIf(executablePath)('a page that Vite builds from the packed packages', () => {
  const project = newProject();
  const profile = mkdtempSync(join(tmpdir(), 'ganjs-page-'));
  let served: ReturnType<typeof serve>;
  let browser: BrowserContext;
  let tab: Page;

  const address = () => `http://127.0.0.1:${(served.server.address() as AddressInfo).port}`;

  /** Opens the page, and waits until its worker is done. */
  const visit = async (): Promise<Message[]> => {
    await tab.goto(address());
    await tab.waitForFunction(() =>
      globalThis.messages.some(({ type }) => type === 'done' || type === 'error'),
    );
    return tab.evaluate(() => globalThis.messages);
  };

  beforeAll(async () => {
    await installWithNpm(project, { ...asDependencies(await packAll(project)), vite: '8.3.8' });
    cpSync(new URL('./page', import.meta.url).pathname, join(project, 'page'), { recursive: true });
    writeFileSync(join(project, 'page/readme.ts'), pageBlock('packages/runs/README.md'));
    writeFileSync(join(project, 'page/readme.html'), '<script type="module" src="./readme.ts"></script>');
    await build(viteConfig(join(project, 'page')));
    served = serve(join(project, 'page/dist'));
    await new Promise<void>((resolve) => served.server.listen(0, '127.0.0.1', resolve));
    browser = await chromium.launchPersistentContext(profile, {
      executablePath: executablePath!,
      args: ['--headless', '--no-sandbox', '--disable-gpu', '--no-first-run'],
    });
    tab = await browser.newPage();
  });
  afterAll(async () => {
    await browser.close();
    served.server.closeAllConnections();
    await new Promise((resolve) => served.server.close(resolve));
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  });

  it('trains a 2-D GAN in a worker, and shows it', async () => {
    const messages = await visit();
    expect(messages.find(({ type }) => type === 'error')).toBeUndefined();
    const steps = messages.filter((message) => message.type === 'step');
    expect(steps.map(({ step }) => step)).toEqual(Array.from({ length: 12 }, (_, i) => i + 1));
    expect(steps.flatMap(({ losses }) => losses).every(Number.isFinite)).toBe(true);
    const pictures = messages.filter((message) => message.type === 'picture');
    expect(pictures.length).toBeGreaterThan(5);
    const colours = await tab.evaluate(() => {
      const canvas = document.querySelector('canvas')!;
      const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
      return new Set(Array.from({ length: data.length / 4 }, (_, i) => data.slice(4 * i, 4 * i + 3).join()))
        .size;
    });
    expect(colours).toBeGreaterThan(3);
  });

  it('loads little: before the worker starts, and for the worker', () => {
    const worker = served.asked.findIndex((file) => /worker-[^/]*\.js$/.test(file));
    const [before, by] = [gzipped(served.asked.slice(0, worker)), gzipped(served.asked.slice(worker))];
    console.log(
      `gzipped: ${(before / 1000).toFixed(1)} kB before the worker, ${(by / 1000).toFixed(1)} kB by it`,
    );
    expect(before).toBeLessThan(MOST_BEFORE_WORKER);
    expect(by).toBeLessThan(MOST_BY_WORKER);
  });

  it('finds the run again when it is opened anew, and goes on with it', async () => {
    const messages = await visit();
    const steps = messages.filter((message) => message.type === 'step');
    expect(steps.map(({ step }) => step)).toEqual([13, 14, 15, 16]);
    const done = messages.find((message) => message.type === 'done')!;
    expect(done.files).toEqual(
      expect.arrayContaining([
        'checkpoints/step-0000016.safetensors',
        'config.json',
        'losses.svg',
        'progress.gif',
      ]),
    );
    expect(done.samples).toHaveLength(200);
    expect(done.samples.every(Number.isFinite)).toBe(true);
  });

  it("runs the README's program", async () => {
    const said: string[] = [];
    tab.on('console', (message) => said.push(message.text()));
    tab.on('pageerror', (error) => said.push(String(error)));
    await tab.goto(`${address()}/readme.html`);
    await expect.poll(() => said.at(-1), { timeout: 60_000 }).toBe('[100, 1, 1, 2]');
    expect(said.slice(0, 3).map((line) => line.split(' ')[0])).toEqual(['1', '2', '3']);
  });
});
