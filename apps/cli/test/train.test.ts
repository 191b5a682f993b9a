import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { emptyFolder, gan, small, start, tinyDataset } from './gan.js';

let dir: string;
const checkpoint = (run: string) => {
  const folder = join(dir, run, 'checkpoints');
  return readFileSync(join(folder, readdirSync(folder).sort().at(-1)!));
};
const train = (out: string, ...args: string[]) =>
  gan(dir, 'train', 'dcgan', '--data', 'tiny', '--out', out, '--steps', '5', ...small, ...args);

beforeAll(() => {
  dir = emptyFolder();
  mkdirSync(join(dir, 'tiny'));
  tinyDataset(join(dir, 'tiny'));
});

describe('gan train', () => {
  it('leaves a folder that a person enjoys', async () => {
    const { code, stdout, stderr } = await train('first');
    expect(stderr).not.toContain('error');
    expect(code).toBe(0);
    expect(stdout).toContain('epoch 1/1  step 1/5');
    expect(stdout).toContain('Done. Look at first/final.png');
    expect(readdirSync(join(dir, 'first')).sort()).toEqual([
      'checkpoints',
      'config.json',
      'events.jsonl',
      'fallbacks.json',
      'final.png',
      'losses.png',
      'losses.svg',
      'progress.gif',
      'samples',
    ]);
    const config = JSON.parse(readFileSync(join(dir, 'first/config.json'), 'utf8')) as Record<
      string,
      unknown
    >;
    expect(config).toMatchObject({
      variant: 'dcgan',
      data: { name: 'tiny' },
      training: { seed: 1, batch: 8, steps: 5, backend: 'wasm' },
    });
    expect(readFileSync(join(dir, 'first/progress.gif')).subarray(0, 6).toString()).toBe('GIF89a');
    expect(readFileSync(join(dir, 'first/final.png')).subarray(1, 4).toString()).toBe('PNG');
  });

  it('repeats a run byte for byte from its seed, or from its config.json', async () => {
    await Promise.all([train('again'), train('other', '--seed', '2')]);
    expect(checkpoint('again').equals(checkpoint('first'))).toBe(true);
    expect(checkpoint('other').equals(checkpoint('first'))).toBe(false);
    const { code } = await gan(
      dir,
      'train',
      'dcgan',
      '--data',
      'tiny',
      '--out',
      'file',
      '--config',
      'first/config.json',
    );
    expect(code).toBe(0);
    expect(checkpoint('file').equals(checkpoint('first'))).toBe(true);
  });

  it('streams events as JSON lines', async () => {
    const { stdout } = await train('json', '--json');
    const events = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { type: string });
    expect(events.map(({ type }) => type).filter((type) => type !== 'sample')).toEqual([
      'start',
      ...new Array<string>(5).fill('step'),
      'checkpoint',
      'done',
    ]);
  });

  it('ends on Ctrl-C with a checkpoint that samples, and that resumes to the bytes of the whole run', async () => {
    const { child, result } = start(dir, [
      ...['train', 'dcgan', '--data', 'tiny', '--out', 'stopped', '--json', '--steps', '40', ...small],
    ]);
    await new Promise<void>((resolve) => {
      child.stdout!.on('data', (text: Buffer) => {
        if (text.toString().includes('"type":"step"')) resolve();
      });
    });
    child.kill('SIGINT');
    const stopped = await result;
    expect(stopped.code).toBe(130);
    expect(stopped.stderr).toContain('Stopping after this step');
    expect(stopped.stdout).toContain('"reason":"stopped"');
    expect((await gan(dir, 'sample', 'stopped', '--n', '4')).stdout.trim()).toBe('stopped/sample-1.png');
    expect(existsSync(join(dir, 'stopped/sample-1.png'))).toBe(true);

    const [resumed, whole] = await Promise.all([
      gan(dir, 'resume', 'stopped'),
      gan(dir, 'train', 'dcgan', '--data', 'tiny', '--out', 'whole', '--steps', '40', ...small),
    ]);
    expect([resumed.code, whole.code]).toEqual([0, 0]);
    expect(checkpoint('stopped').equals(checkpoint('whole'))).toBe(true);
    const steps = readFileSync(join(dir, 'stopped/events.jsonl'), 'utf8').match(/"type":"step","step":\d+/g)!;
    expect(steps.map((text) => Number(text.split(':').at(-1)))).toEqual(
      Array.from({ length: 40 }, (_, i) => i + 1),
    );
  });

  it('learns classes: cgan is sampled by label, by name or in turn', async () => {
    const { code } = await gan(
      dir,
      'train',
      'cgan',
      '--data',
      'tiny',
      '--out',
      'classes',
      '--steps',
      '2',
      ...small,
    );
    expect(code).toBe(0);
    const [one, all, wrong] = await Promise.all([
      gan(dir, 'sample', 'classes', '--n', '4', '--label', '2', '--out', 'two.png'),
      gan(dir, 'sample', 'classes', '--n', '6'),
      gan(dir, 'sample', 'classes', '--label', '3'),
    ]);
    expect(one.stdout.trim()).toBe('two.png');
    expect(all.code).toBe(0);
    expect(wrong.stderr).toContain('The run has no class "3".');
    expect(wrong.code).toBe(1);
  });
});
