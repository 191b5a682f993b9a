import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { decodeLatents, encodeLatents } from './latentsFile.js';

const fixture = (name: string) => readFileSync(new URL(`../fixtures/${name}`, import.meta.url));

describe('the file of latents', () => {
  // tools/reference/runs/latents.py
  const values = Array.from({ length: 15 }, (_, i) => i / 8 - 1);

  it.each(['latents-float32.npz', 'latents-float64.npz'])('is read as numpy writes it: %s', (name) => {
    const { data, shape } = decodeLatents(fixture(name), name);
    expect(shape).toEqual([3, 5]);
    expect([...data]).toEqual(values);
  });

  it('comes back as it was written', () => {
    const latents = { data: Float32Array.from(values), shape: [3, 5] };
    expect(decodeLatents(encodeLatents(latents), 'own')).toEqual(latents);
    expect(encodeLatents(latents)).toEqual(encodeLatents(latents));
  });

  it.each([
    [fixture('latents-float32.npz').subarray(0, 100), /x\.npz is no \.npz file/],
    [Buffer.from('latents'), /x\.npz is no \.npz file/],
    [encodeLatents({ data: Float32Array.of(1, Number.NaN), shape: [1, 2] }), /its number 1 is NaN/],
    [
      encodeLatents({ data: Float32Array.of(1, 2), shape: [2, 2] }),
      /its shape \[2,2\] takes 16 bytes, but 8/,
    ],
  ])('is refused when it is damaged, naming the file and what is wrong', (bytes, message) => {
    expect(() => decodeLatents(bytes, 'x.npz')).toThrow(message);
  });
});
