import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const main = new URL('../dist/main.js', import.meta.url).pathname;

export interface Result {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Starts the built command line in a folder. */
export function start(
  cwd: string,
  args: readonly string[],
): { child: ChildProcess; result: Promise<Result> } {
  const child = spawn(process.execPath, [main, ...args], { cwd, env: { ...process.env, NO_COLOR: '1' } });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (text: Buffer) => {
    stdout += text.toString();
  });
  child.stderr.on('data', (text: Buffer) => {
    stderr += text.toString();
  });
  const result = new Promise<Result>((resolve) => {
    child.on('close', (code) => resolve({ code, stdout, stderr }));
  });
  return { child, result };
}

/** Runs the built command line in a folder to its end. */
export function gan(cwd: string, ...args: string[]): Promise<Result> {
  return start(cwd, args).result;
}

/** A new empty folder. */
export function emptyFolder(): string {
  return mkdtempSync(join(tmpdir(), 'gan-cli-'));
}

/** Writes 48 images of 8x8 pixels, of three classes, as idx files to `dir/tiny`, and returns its path. */
export function tinyDataset(dir: string): string {
  const header = (magic: number, ...sizes: number[]) => {
    const bytes = Buffer.alloc(4 + 4 * sizes.length);
    bytes.writeUInt32BE(magic, 0);
    for (const [i, size] of sizes.entries()) bytes.writeUInt32BE(size, 4 + 4 * i);
    return bytes;
  };
  const pixels = Buffer.from(Array.from({ length: 48 * 64 }, (_, i) => (i * 37 + (i >> 6) * 11) % 256));
  const labels = Buffer.from(Array.from({ length: 48 }, (_, i) => i % 3));
  writeFileSync(join(dir, 'train-images-idx3-ubyte'), Buffer.concat([header(0x803, 48, 8, 8), pixels]));
  writeFileSync(join(dir, 'train-labels-idx1-ubyte'), Buffer.concat([header(0x801, 48), labels]));
  return dir;
}

/** Flags that make a DCGAN small enough for a test. */
export const small = [
  '--set',
  'latent=5',
  '--set',
  'generator.width=16',
  '--set',
  'discriminator.width=4',
  '--batch',
  '8',
];
