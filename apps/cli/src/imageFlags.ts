import type { DataSettings } from '@ganjs/runs';
import { InvalidArgumentError } from 'commander';

/** Reads `64` or `48x64`, height first, from the command line. */
export function imageSize(text: string): DataSettings['size'] {
  const [, height, width = height] = /^([1-9]\d*)(?:x([1-9]\d*))?$/i.exec(text.trim()) ?? [];
  if (!height) throw new InvalidArgumentError('It takes pixels, such as 64, or height x width: 48x64.');
  return { height: Number(height), width: Number(width) };
}

/** Reads a number of channels from the command line. */
export function channelCount(text: string): DataSettings['channels'] {
  if (text === '1') return 1;
  if (text === '3') return 3;
  if (text === '4') return 4;
  throw new InvalidArgumentError('It takes 1 (gray), 3 (RGB) or 4 (RGBA).');
}
