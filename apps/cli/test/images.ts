import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { encodePng } from '@ganjs/visuals';

/** A PNG file of stripes that differ by `k`, height x width RGB. */
export function png(k: number, height: number, width: number): Uint8Array {
  const data = Uint8Array.from({ length: height * width * 3 }, (_, i) => (i * 37 + k * 51) % 256);
  return encodePng({ height, width, channels: 3, data });
}

/** Writes numbered PNG files into a folder, each as wide as high unless `width` says otherwise, and returns it. */
export function imageFolder(dir: string, count: number, height: number, width = height): string {
  for (let k = 0; k < count; k++) {
    const file = join(dir, `${String(k).padStart(3, '0')}.png`);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, png(k, height, width));
  }
  return dir;
}
