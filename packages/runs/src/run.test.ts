import type { LatentVectors } from '@ganjs/trainer';
import * as tf from '@tensorflow/tfjs';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createRun, memoryStorage, openRun, type RunEvent, readRecord } from './index.js';
import type { Run, TrainRunOptions } from './run.js';
import type { PartialSettings } from './runSettings.js';
import { small, stripes } from './testing.js';

beforeAll(() => tf.setBackend('cpu'));

const six: PartialSettings = { training: { steps: 6 } };
const made = async (settings: PartialSettings = six, storage = memoryStorage()) =>
  createRun(storage, { variant: small, data: stripes(), settings, versions: { ganjs: '1' } });
const events = async (run: Run, options?: TrainRunOptions, until = Number.POSITIVE_INFINITY) => {
  const told: RunEvent[] = [];
  const stop = new AbortController();
  for await (const event of run.train({ signal: stop.signal, ...options })) {
    told.push(event);
    if (event.type === 'step' && event.step >= until) stop.abort();
  }
  return told;
};
const lastCheckpoint = async ({ storage }: Run) => {
  const names = await storage.list('checkpoints/');
  return Buffer.from((await storage.read(names.at(-1)!))!).toString('base64');
};

describe('a run', () => {
  it('writes nothing before it trains, and then all of its files', async () => {
    const run = await made();
    expect(await run.storage.list('')).toEqual([]);
    const told = await events(run);
    expect(told.map(({ type }) => type)).toEqual([
      'start',
      ...Array.from({ length: 6 }, () => ['step', 'sample']).flat(),
      'checkpoint',
      'done',
    ]);
    expect(await run.storage.list('')).toEqual([
      'checkpoints/step-0000006.safetensors',
      'config.json',
      'events.jsonl',
      'final.png',
      'losses.svg',
      'progress.gif',
      ...[1, 2, 3, 4, 5, 6].map((step) => `samples/step-000000${step}.png`),
    ]);
    const lines = new TextDecoder()
      .decode(await run.storage.read('events.jsonl'))
      .trim()
      .split('\n');
    expect(lines.map((line) => (JSON.parse(line) as RunEvent).type)).toEqual(told.map(({ type }) => type));
    expect(lines.join()).not.toContain('picture');
  });

  it('remembers its settings, what its data told of itself, and versions', async () => {
    const run = await made({ preset: 'brief', training: { seed: 3 } });
    await events(run);
    expect(await readRecord(run.storage)).toMatchObject({
      variant: 'small',
      preset: 'brief',
      data: { name: 'stripes' },
      training: { seed: 3, batch: 8, steps: 2 },
      config: { latent: 3, optimizer: { learningRate: 1e-2, beta1: 0 } },
      info: { image: { height: 4, width: 4, channels: 1 }, classes: ['low', 'middle', 'high'] },
      versions: { ganjs: '1', tfjs: tf.version_core },
    });
  });

  it('is repeated by its settings to the byte', async () => {
    const runs = [await made(), await made(), await made({ training: { steps: 6, seed: 2 } })];
    for (const run of runs) await events(run);
    const [one, again, other] = await Promise.all(runs.map(lastCheckpoint));
    expect(again).toBe(one);
    expect(other).not.toBe(one);
  });

  it('that is stopped, opened and trained on ends with the bytes of the whole one', async () => {
    const whole = await made();
    await events(whole);
    const stopped = await made();
    expect((await events(stopped, {}, 3)).at(-1)).toEqual({ type: 'done', step: 3, reason: 'stopped' });
    const opened = await openRun(stopped.storage, { variant: small, data: stripes() });
    expect(await opened.progress()).toEqual({ step: 3, steps: 6 });
    await events(opened);
    expect(await lastCheckpoint(opened)).toBe(await lastCheckpoint(whole));
    const lines = new TextDecoder()
      .decode(await opened.storage.read('events.jsonl'))
      .trim()
      .split('\n');
    const steps = lines.map((line) => JSON.parse(line) as RunEvent).filter(({ type }) => type === 'step');
    expect(steps.map((event) => (event as { step: number }).step)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(await opened.storage.read('losses.svg')).toEqual(await whole.storage.read('losses.svg'));
  });

  it('goes on beyond its end when asked for another length', async () => {
    const run = await made({ training: { epochs: 1 } });
    await events(run);
    expect(await run.progress()).toEqual({ step: 6, steps: 6 });
    await events(run, { length: { epochs: 2 } });
    expect(await run.progress()).toEqual({ step: 12, steps: 12 });
    // Resumed again, the longer length is the run's.
    expect((await events(run)).at(-1)).toMatchObject({ type: 'done', step: 12 });
  });

  it('frees all of its tensors, also when nobody asks for its end', async () => {
    const before = tf.memory().numTensors;
    const run = await made();
    for await (const event of run.train()) if (event.type === 'step') break;
    expect(tf.memory().numTensors).toBe(before);
  });

  it('draws its curves as pixels, too, where it is told how', async () => {
    const run = await createRun(memoryStorage(), {
      ...{ variant: small, data: stripes(), settings: six },
      svgToPng: (svg) => new TextEncoder().encode(svg.slice(0, 4)),
    });
    await events(run);
    expect(new TextDecoder().decode(await run.storage.read('losses.png'))).toBe('<svg');
  });
});

describe('a trained GAN', () => {
  let gan: Awaited<ReturnType<Run['restore']>>;
  beforeAll(async () => {
    const run = await made();
    await events(run);
    gan = await (await openRun(run.storage, { variant: small })).restore();
    return () => gan.dispose();
  });

  it('makes the same images of the same seed, and of the same latents', async () => {
    const one = await gan.sample({ n: 5, seed: 3 });
    expect(one.images.shape).toEqual([5, 4, 4, 1]);
    expect(one.latents!.shape).toEqual([5, 4]);
    expect(await gan.sample({ n: 5, seed: 3 })).toEqual(one);
    expect((await gan.sample({ n: 5, seed: 4 })).images).not.toEqual(one.images);
    expect((await gan.sample({ latents: one.latents! })).images).toEqual(one.images);
  });

  it('truncates', async () => {
    const [whole, half] = [await gan.sample({ n: 2 }), await gan.sample({ n: 2, truncation: 0.5 })];
    expect([...half.latents!.data]).toEqual([...whole.latents!.data].map((value) => value / 2));
  });

  const wide: LatentVectors = { data: new Float32Array(14), shape: [2, 7] };
  it.each([
    [{ label: 1 }, 'small does not make images from a class: its task is image-synthesis.'],
    [{ captions: ['a'] }, 'small does not make images from captions'],
    [{ latents: wide }, 'The latents have shape [2,7], but those of small have [n, 4].'],
    [{ truncation: 2 }, 'truncation'],
  ])('refuses %o', async (request, message) => {
    await expect(gan.sample(request)).rejects.toThrow(message);
  });
});

describe('a mistake is named', () => {
  const storage = memoryStorage('here');
  afterEach(async () => {
    for (const name of await storage.list('')) await storage.remove(name);
  });

  it.each([
    [{ preset: 'breif' }, /no preset "breif".*Did you mean "brief"/s],
    [{ training: { bach: 3 } }, /training\.bach: no such setting\. Did you mean "training\.batch"/],
    [{ training: { batch: 0 } }, /training\.batch/],
    [{ training: { steps: 1, epochs: 1 } }, /both steps and epochs/],
    [{ config: { latnet: 3 } }, /Did you mean "latent"/],
    [{ config: { optimizer: { beta: 3 } } }, /optimizer\.beta.*Did you mean "optimizer\.beta1"/s],
    [{ variant: 'large' }, /is of large, not of small/],
  ])('in settings: %o', async (settings, message) => {
    await expect(made(settings as PartialSettings, storage)).rejects.toThrow(message);
    expect(await storage.list('')).toEqual([]);
  });

  it('a place that is taken, a run that is none, another variant', async () => {
    await storage.write('notes.txt', 'mine');
    await expect(made(six, storage)).rejects.toThrow('here holds files already');
    await expect(openRun(storage, { variant: small })).rejects.toThrow(
      'here holds no run: it has no config.json.',
    );
    await storage.remove('notes.txt');
    await events(await made(six, storage));
    const other = { ...small, name: 'other' };
    await expect(openRun(storage, { variant: other })).rejects.toThrow(
      'here is a run of small, not of other.',
    );
  });

  it.each([
    ['{', /here\/config\.json is damaged/],
    ['{"variant": "small"}', /here\/config\.json is damaged:.*training/s],
    ['{"variant": "small", "batch": 3}', /was written by ganjs 0\.1/],
  ])('a damaged record: %s', async (text, message) => {
    await storage.write('config.json', text);
    await expect(openRun(storage, { variant: small })).rejects.toThrow(message);
  });

  it('a checkpoint that is damaged or not there, and data that is not there', async () => {
    const run = await made(six, storage);
    await events(run);
    const opened = await openRun(storage, { variant: small });
    await expect(events(opened)).rejects.toThrow('here was opened without its data, stripes');
    const [name] = await storage.list('checkpoints/');
    await storage.write(name!, (await storage.read(name!))!.subarray(0, 99));
    await expect(opened.restore()).rejects.toThrow(`here/${name} is damaged`);
    await storage.remove(name!);
    await expect(opened.restore()).rejects.toThrow('its training ended before the first one');
  });

  it('a configuration that does not fit, before a place is made', async () => {
    let asked = false;
    const place = async () => {
      asked = true;
      return storage;
    };
    const wrong = [{ training: { features: 'inception' } }, { training: { batch: 64 } }] as const;
    for (const [i, settings] of wrong.entries()) {
      const made = createRun(place, { variant: small, data: stripes(), settings });
      await expect(made).rejects.toThrow(['small has no use for features', 'lower the batch'][i]!);
    }
    expect(asked).toBe(false);
    await createRun(place, { variant: small, data: stripes() });
    expect(asked).toBe(true);
  });
});
