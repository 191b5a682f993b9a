import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runSettingsSchema, settingsJsonSchema } from '@ganjs/runs';
import { configSettings, type Variant } from '@ganjs/trainer';
import { cgan, dcgan, pix2pix, srgan } from '@ganjs/variants';
import { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { addTrainCommand } from '../src/commands/train.js';
import { type RunFlags, settingsOf } from '../src/runFlags.js';

const folder = mkdtempSync(join(tmpdir(), 'gan-settings-'));
let files = 0;
const written = (text: string, ending = 'json') => {
  const path = join(folder, `${files++}.${ending}`);
  writeFileSync(path, text);
  return path;
};
const file = (values: object) => written(JSON.stringify(values));
const resolved = (flags: RunFlags, variant: unknown = dcgan) =>
  settingsOf(variant as Variant, (variant as Variant).name, flags);
const settings = async (flags: RunFlags, variant?: unknown) => (await resolved(flags, variant)).settings;

/** A value of each flag that shapes a run, with what it needs beside it, and the setting that it becomes. */
const flags: Record<string, { flags: RunFlags; variant?: unknown; key: string }> = {
  '--data': { flags: { data: 'mnist' }, key: 'data.name' },
  '--size': { flags: { data: 'faces', size: { height: 48, width: 64 } }, key: 'data.size' },
  '--channels': { flags: { data: 'faces', channels: 1 }, key: 'data.channels' },
  '--factor': { flags: { data: 'mnist', factor: 2 }, variant: srgan, key: 'data.factor' },
  '--source': { flags: { data: 'pairs', source: 'right' }, variant: pix2pix, key: 'data.source' },
  '--preset': { flags: { preset: 'quick' }, key: 'preset' },
  '--epochs': { flags: { epochs: 3 }, key: 'training.epochs' },
  '--steps': { flags: { steps: 7 }, key: 'training.steps' },
  '--batch': { flags: { batch: 5 }, key: 'training.batch' },
  '--seed': { flags: { seed: 9 }, key: 'training.seed' },
  '--backend': { flags: { backend: 'cpu' }, key: 'training.backend' },
  '--features': { flags: { features: 'inception' }, key: 'training.features' },
  '--set': { flags: { set: ['generator.width=64'] }, key: 'config.generator.width' },
};
/** Flags that do not shape a run: where it is written, how it is computed and shown, and where settings are read. */
const others = ['--out', '--threads', '--json', '--config'];

describe('a rerun by --config', () => {
  const program = new Command();
  addTrainCommand(program);
  const names = program.commands[0]!.options.map(({ long }) => long!);

  it('has a case for every flag of train', () => {
    expect([...Object.keys(flags), ...others].sort()).toEqual([...names].sort());
  });

  it.each(Object.keys(flags))('repeats what %s said', async (flag) => {
    const { flags: given, variant = dcgan, key } = flags[flag]!;
    const once = await settings(given, variant);
    expect(once).toHaveProperty(key);
    const plain = await settings({}, variant);
    const value = (of: object) =>
      key.split('.').reduce<unknown>((group, part) => (group as never)?.[part], of);
    expect(value(once)).not.toEqual(value(plain));
    expect(await settings({ config: file(once) }, variant)).toEqual(once);
  });

  it("takes a run's whole config.json, with what it tells of data and versions", async () => {
    const run = await settings({ data: 'mnist', preset: 'quick' });
    const told = { info: { image: { height: 28, width: 28, channels: 1 } }, versions: { ganjs: '1' } };
    expect(await settings({ config: file({ ...run, ...told }) })).toEqual(run);
  });

  it('remembers the package of a variant that is not ours', async () => {
    const { settings: own } = await settingsOf(dcgan as never, './mine.js#dcgan', { data: 'mnist' });
    expect(own).toMatchObject({ variant: 'dcgan', package: './mine.js#dcgan' });
  });

  it('yields to flags; other data brings its own reading, another length replaces that of the file', async () => {
    const config = file({
      data: { name: 'faces', size: { height: 8, width: 8 }, channels: 1 },
      training: { epochs: 3, seed: 4 },
    });
    const { data, training } = await settings({ config, data: 'mnist', steps: 5 });
    expect(data).toEqual({ name: 'mnist' });
    expect(training).toMatchObject({ steps: 5, seed: 4 });
    expect(training).not.toHaveProperty('epochs');
  });

  it('reads YAML', async () => {
    const config = written('training:\n  batch: 12\nconfig:\n  latent: 7 # short\n', 'yaml');
    const { settings: own, origins } = await resolved({ config });
    expect([own.training.batch, own.config.latent]).toEqual([12, 7]);
    expect([origins['training.batch'], origins['config.latent'], origins['training.seed']]).toEqual([
      config,
      config,
      'default',
    ]);
  });
});

describe('settings say where they come from', () => {
  it('the nearest place that names one', async () => {
    const config = file({ training: { batch: 3 } });
    const { origins } = await resolved({ config, preset: 'quick', set: ['latent=9'], seed: 2 });
    expect(origins).toMatchObject({
      'training.batch': config,
      'training.steps': 'preset quick',
      'training.seed': 'command line',
      'config.latent': 'command line',
      'config.optimizer.beta1': 'preset quick',
      'config.objective.loss': 'default',
    });
    expect(origins).not.toHaveProperty('training.epochs');
  });
});

describe('a mistake is named', () => {
  it.each([
    [file({ training: { bach: 3 } }), /training\.bach: no such setting\. Did you mean "training\.batch"\?/],
    [file({ training: { batch: 0 } }), /training\.batch: .*>0/],
    [file({ data: { size: { height: 3 } } }), /data\.size\.width/],
    [file({ training: { steps: 3, epochs: 1 } }), /names both steps and epochs/],
    [file({ variant: 'wgan' }), /is of wgan, not of dcgan/],
    [file({ config: { latnet: 3 } }), /Did you mean "latent"/],
    [file([1]), /no settings of a run/],
    [written('{'), /is not JSON/],
    [written('a: [', 'yml'), /is not YAML/],
    [join(folder, 'none.json'), /cannot be read/],
  ])('in the file %s', async (config, message) => {
    await expect(resolved({ config })).rejects.toThrow(message);
  });

  it('in a flag', async () => {
    await expect(resolved({ features: 'inceptoin' as never })).rejects.toThrow(
      /command line.*training\.features/s,
    );
    await expect(resolved({ set: ['latent'] })).rejects.toThrow('--set takes key=value');
  });
});

it('the JSON Schema knows every setting, and the variant’s own', () => {
  const { properties } = settingsJsonSchema(cgan as never) as {
    properties: Record<string, { properties?: object }>;
  };
  expect(Object.keys(properties).sort()).toEqual(Object.keys(runSettingsSchema.shape).sort());
  const own = new Set(configSettings(cgan.config).map(({ path }) => path.split('.')[0]));
  expect(Object.keys(properties.config!.properties!)).toEqual([...own]);
});
