import type { Stream } from '@ganjs/random';

/** Draws of one transformation for a batch: `draw`n where it fires, `neutral` elsewhere. */
export function gate(
  stream: Stream,
  name: string,
  n: number,
  p: number,
  draw: (stream: Stream) => Float32Array,
  neutral = 0,
): Float32Array {
  const values = draw(stream.fold(name));
  const chances = stream.fold(name, 'fires').uniform(n);
  return values.map((value, i) => (chances[i]! < p ? value : neutral));
}
