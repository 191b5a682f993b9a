import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { env } from 'node:process';
import sharp from 'sharp';
import ts from 'typescript';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { browserFiles, disposeBatch, fromImageFiles, urlFiles } from '../index.js';
import { sharpDecoder } from '../node.js';
import type { ImageForm, Region } from './decode.js';

const chromium = [env.CHROME_PATH, '/usr/bin/chromium', '/usr/bin/google-chrome'].find(
  (path) => path && existsSync(path),
);
if (!chromium)
  console.log('decodeInBrowser is not tested: neither $CHROME_PATH nor chromium is on this machine');

interface Job {
  readonly file: string;
  readonly form: ImageForm;
  readonly region: Region;
}

/** Starts a server on a free port of this machine. */
async function serve(listener: RequestListener) {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const close = () => {
    server.closeAllConnections();
    return new Promise<unknown>((resolve) => server.close(resolve));
  };
  return { url: `http://127.0.0.1:${port}/`, close };
}

/** Runs the browser's decoder on each job: bytes, or why it rejected. */
async function decodeAll(jobs: readonly Job[]): Promise<(number[] | string)[]> {
  const source = await readFile(new URL('./decodeInBrowser.ts', import.meta.url), 'utf8');
  const { outputText } = ts.transpileModule(source, {
    compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext },
  });
  const page = `<!doctype html><script type="module">${outputText}
    const results = [];
    for (const { file, form, region } of ${JSON.stringify(jobs)}) {
      const bytes = Uint8Array.from(atob(file), (c) => c.charCodeAt(0));
      results.push(await decodeInBrowser(bytes, form, region).then((out) => [...out], (error) => String(error)));
    }
    await fetch('/results', { method: 'POST', body: JSON.stringify(results) });
  </script>`;
  const profile = await mkdtemp(join(tmpdir(), 'ganjs-browser-'));
  let receive: (results: string) => void;
  const received = new Promise<string>((resolve) => {
    receive = resolve;
  });
  const server = await serve(async (request, response) => {
    if (request.method === 'POST') receive(Buffer.concat(await request.toArray()).toString());
    response.setHeader('content-type', 'text/html').end(page);
  });
  const flags = ['--headless', '--no-sandbox', '--disable-gpu', `--user-data-dir=${profile}`];
  const browser = spawn(chromium!, [...flags, server.url], { stdio: 'ignore' });
  try {
    const ended = once(browser, 'exit').then(() =>
      Promise.reject(new Error('the browser ended without results')),
    );
    return JSON.parse(await Promise.race([received, ended])) as (number[] | string)[];
  } finally {
    if (browser.exitCode === null) {
      browser.kill();
      await once(browser, 'exit');
    }
    await server.close();
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  }
}

describe('decodeInBrowser', () => {
  it.runIf(chromium)('gives what the decoder in Node gives', async () => {
    // Smooth, so that resampling filters agree; transparent in a corner.
    const [width, height] = [48, 32];
    const data = Buffer.from(
      Array.from({ length: width * height }, (_, i) => {
        const [x, y] = [i % width, Math.floor(i / width)];
        return x < 12 && y < 12 ? [0, 0, 0, 0] : [5 * x, 255 - 7 * y, 2 * x + 3 * y, 255];
      }).flat(),
    );
    const image = () => sharp(data, { raw: { width, height, channels: 4 } });
    const opaque = () => image().flatten({ background: '#888' });
    const files = {
      png: await opaque().png().toBuffer(),
      jpeg: await opaque().jpeg({ quality: 95, chromaSubsampling: '4:4:4' }).toBuffer(),
      webp: await opaque().webp({ lossless: true }).toBuffer(),
      turned: await opaque().withMetadata({ orientation: 6 }).jpeg({ quality: 95 }).toBuffer(),
      clear: await image().png().toBuffer(),
    };
    const form = (side: [number, number], channels: 1 | 3 | 4, fit: 'crop' | 'stretch' = 'crop') => ({
      height: side[0],
      width: side[1],
      channels,
      fit,
    });
    const jobs: [keyof typeof files, ImageForm, Region][] = [
      ['png', form([32, 48], 3), 'all'],
      ['png', form([16, 16], 3), 'all'],
      ['png', form([16, 16], 3, 'stretch'), 'all'],
      ['png', form([16, 24], 1), 'all'],
      ['png', form([16, 12], 3), 'left'],
      ['png', form([16, 12], 3), 'right'],
      ['jpeg', form([16, 24], 3), 'all'],
      ['webp', form([16, 24], 3), 'all'],
      ['turned', form([24, 16], 3), 'all'],
      ['clear', form([32, 48], 3), 'all'],
      ['clear', form([32, 48], 4), 'all'],
    ];
    const decode = await sharpDecoder();
    const inBrowser = await decodeAll(
      jobs.map(([file, form, region]) => ({ file: files[file].toString('base64'), form, region })),
    );
    for (const [i, [file, form, region]] of jobs.entries()) {
      const label = `${file} ${JSON.stringify(form)} ${region}`;
      const wanted = await decode(files[file], form, region);
      const got = inBrowser[i] as number[];
      expect(got.length, label).toBe(wanted.length);
      const mean = wanted.reduce((sum, value, k) => sum + Math.abs(value - got[k]!), 0) / wanted.length;
      expect(mean, label).toBeLessThan(3);
    }
  });

  it.runIf(chromium)('rejects what is damaged', async () => {
    const png = await sharp({ create: { width: 64, height: 64, channels: 3, background: '#123' } })
      .png({ compressionLevel: 0 })
      .toBuffer();
    const form = { height: 4, width: 4, channels: 3, fit: 'crop' } as const;
    const files = [
      Buffer.from('not an image'),
      Buffer.alloc(0),
      png.subarray(0, 40),
      png.subarray(0, 6000),
      png.subarray(0, -30),
      (await sharp(png).jpeg().toBuffer()).subarray(0, -100),
    ];
    for (const result of await decodeAll(
      files.map((file) => ({ file: file.toString('base64'), form, region: 'all' })),
    )) {
      expect(result).toMatch(/Error/);
    }
  });
});

describe('files of a browser', () => {
  let server: Awaited<ReturnType<typeof serve>>;
  beforeAll(async () => {
    const red = await sharp({ create: { width: 4, height: 4, channels: 3, background: '#f00' } })
      .png()
      .toBuffer();
    server = await serve((request, response) => {
      response.statusCode = request.url?.includes('missing') ? 404 : 200;
      response.end(red);
    });
  });
  afterAll(() => server.close());

  it('are read from addresses, classes from their paths', async () => {
    const files = urlFiles(`${server.url}data/`, ['a/1.png', 'b/2.png', 'b/missing.png']);
    const dataset = await fromImageFiles(files, { name: 'far', size: 2, decode: await sharpDecoder() });
    expect(dataset.info).toMatchObject({ size: 2, classes: ['a', 'b'] });
    expect(dataset.report.skipped).toEqual([
      { path: 'b/missing.png', reason: expect.stringContaining('answer is 404 Not Found, expected 200') },
    ]);
    for await (const batch of dataset.batches({ batch: 2, seed: 1, epoch: 0 })) {
      expect([...(await batch.images.data())].slice(0, 3)).toEqual([1, -1, -1]);
      disposeBatch(batch);
    }
  });

  it('are read from File, with the path below a chosen folder', async () => {
    const file = new File([Uint8Array.of(1, 2)], '1.png');
    const inFolder = Object.defineProperty(new File([], '2.png'), 'webkitRelativePath', {
      value: 'chosen/cats/2.png',
    });
    const alone = Object.defineProperty(file, 'webkitRelativePath', { value: '' });
    const files = browserFiles([alone, inFolder]);
    expect(files.map(({ path }) => path)).toEqual(['1.png', 'cats/2.png']);
    expect(await files[0]!.bytes()).toEqual(Uint8Array.of(1, 2));
  });
});
