import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { encodePng } from '@ganjs/visuals';

/** A PNG file of stripes that differ by `k`, RGB. */
export function png(k: number, height: number, width = height): Uint8Array {
  const data = Uint8Array.from({ length: height * width * 3 }, (_, i) => (i * 37 + k * 51) % 256);
  return encodePng({ height, width, channels: 3, data });
}

/** Writes numbered PNG files into a folder. */
export function imageFolder(dir: string, count: number, height: number, width?: number): void {
  mkdirSync(dir, { recursive: true });
  for (let k = 0; k < count; k++) writeFileSync(join(dir, `${k}.png`), png(k, height, width));
}
