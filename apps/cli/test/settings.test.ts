import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cgan, dcgan, pix2pix, srgan } from '@ganjs/variants';
import { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { addTrainCommand } from '../src/commands/train.js';
import { runSettingsSchema, settingsJsonSchema } from '../src/runSettings.js';
import { resolveSettings, type SettingOptions, settingsFile } from '../src/settings.js';

const folder = mkdtempSync(join(tmpdir(), 'gan-settings-'));
let files = 0;
const written = (text: string, ending = 'json') => {
  const path = join(folder, `${files++}.${ending}`);
  writeFileSync(path, text);
  return path;
};
const file = (values: object) => written(JSON.stringify(values));
const resolved = (options: SettingOptions, variant = dcgan) => resolveSettings(variant, options);

/** A value of each flag that shapes a run, with what it needs beside it. */
const flags: Record<string, { options: SettingOptions; variant?: typeof dcgan; key?: string }> = {
  '--data': { options: { data: 'mnist' } },
  '--size': { options: { data: 'faces', size: { height: 48, width: 64 } } },
  '--channels': { options: { data: 'faces', size: { height: 8, width: 8 }, channels: 1 } },
  '--factor': { options: { data: 'mnist', factor: 2 }, variant: srgan as never },
  '--given': { options: { data: 'pairs', given: 'right' }, variant: pix2pix as never },
  '--preset': { options: { preset: 'quick' } },
  '--epochs': { options: { epochs: 3 } },
  '--steps': { options: { steps: 7 } },
  '--batch': { options: { batch: 5 } },
  '--seed': { options: { seed: 9 } },
  '--backend': { options: { backend: 'cpu' } },
  '--features': { options: { features: 'inception' } },
  '--set': { options: { set: ['latent=64'] }, key: 'config' },
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
    const { options, variant = dcgan, key = flag.slice(2) } = flags[flag]!;
    const plain = settingsFile(variant.name, await resolved({}, variant));
    const once = settingsFile(variant.name, await resolved(options, variant));
    expect(once).toHaveProperty(key);
    expect(once[key as keyof typeof once]).not.toEqual(plain[key as keyof typeof plain]);
    expect(settingsFile(variant.name, await resolved({ config: file(once) }, variant))).toEqual(once);
  });

  it("takes a run's whole config.json, with what it tells of data and versions", async () => {
    const run = settingsFile('dcgan', await resolved({ data: 'mnist', preset: 'quick' }));
    const told = { image: { height: 28, width: 28, channels: 1 }, classes: ['0'], versions: { ganjs: '1' } };
    expect(settingsFile('dcgan', await resolved({ config: file({ ...run, ...told }) }))).toEqual(run);
  });

  it('yields to flags; other data brings its own reading, another length replaces that of the file', async () => {
    const config = file({ data: 'faces', size: { height: 8, width: 8 }, channels: 1, epochs: 3, seed: 4 });
    const { request, length, seed } = await resolved({ config, data: 'mnist', steps: 5 });
    expect({ request, length, seed }).toEqual({ request: { data: 'mnist' }, length: { steps: 5 }, seed: 4 });
  });

  it('reads YAML', async () => {
    const config = written('batch: 12\nconfig:\n  latent: 7 # short\n', 'yaml');
    const { batch, config: own, origins } = await resolved({ config });
    expect([batch, own.latent]).toEqual([12, 7]);
    expect([origins.batch, origins['config.latent'], origins.seed]).toEqual([config, config, 'default']);
  });
});

describe('settings say where they come from', () => {
  it('the nearest place that names one', async () => {
    const config = file({ batch: 3 });
    const { origins } = await resolved({ config, preset: 'quick', set: ['latent=9'], seed: 2 });
    expect(origins).toMatchObject({
      batch: config,
      steps: 'preset quick',
      seed: 'command line',
      'config.latent': 'command line',
      'config.beta1': 'preset quick',
      'config.loss': 'default',
    });
    expect(origins).not.toHaveProperty('epochs');
  });
});

describe('a mistake in the file is named', () => {
  it.each([
    [file({ bach: 3 }), /bach: no such setting\. Did you mean "batch"\?/],
    [file({ batch: 0 }), /batch: .*>0/],
    [file({ size: { height: 3 } }), /size\.width/],
    [file({ steps: 3, epochs: 1 }), /names both steps and epochs/],
    [file({ variant: 'wgan' }), /is of wgan, not of dcgan/],
    [file({ config: { latnet: 3 } }), /Did you mean "latent"/],
    [file([1]), /holds no run's settings/],
    [written('{'), /is not JSON/],
    [written('a: [', 'yml'), /is not YAML/],
    [join(folder, 'none.json'), /cannot be read/],
  ])('%s', async (config, message) => {
    await expect(resolved({ config })).rejects.toThrow(message);
  });
});

it('the JSON Schema knows every setting, and the variant’s own', () => {
  const { properties } = settingsJsonSchema(cgan) as { properties: Record<string, { properties?: object }> };
  expect(Object.keys(properties).sort()).toEqual(Object.keys(runSettingsSchema.shape).sort());
  expect(Object.keys(properties.config!.properties!)).toEqual(Object.keys(cgan.config.shape));
});
