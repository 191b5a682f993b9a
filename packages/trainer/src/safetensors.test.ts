import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CheckpointError } from './errors.js';
import { decodeSafetensors, encodeSafetensors } from './safetensors.js';

const tensors = {
  'generator/weights/0': { shape: [2, 2], data: new Float32Array([1, -2.5, 0, 3e-8]) },
  labels: { shape: [3], data: new Int32Array([1, 2, -3]) },
  scalar: { shape: [], data: new Float32Array([7]) },
  empty: { shape: [0, 4], data: new Float32Array(0) },
};

describe('safetensors', () => {
  it('lays bytes out as the format says', () => {
    const bytes = encodeSafetensors({ a: { shape: [1], data: new Float32Array([1]) } }, { k: 'v' });
    const length = Number(new DataView(bytes.buffer).getBigUint64(0, true));
    expect(length % 8).toBe(0);
    expect(JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + length)))).toEqual({
      __metadata__: { k: 'v' },
      a: { dtype: 'F32', shape: [1], data_offsets: [0, 4] },
    });
    expect([...bytes.subarray(8 + length)]).toEqual([0, 0, 0x80, 0x3f]);
  });

  it('reads what it wrote', () => {
    const decoded = decodeSafetensors(encodeSafetensors(tensors, { step: '3' }));
    expect(decoded).toEqual({ tensors, metadata: { step: '3' } });
  });

  it('reads from the middle of a larger buffer', () => {
    const bytes = encodeSafetensors(tensors, {});
    const shifted = new Uint8Array(bytes.length + 3);
    shifted.set(bytes, 3);
    expect(decodeSafetensors(shifted.subarray(3)).tensors).toEqual(tensors);
    expect(decodeSafetensors(Buffer.from(bytes)).tensors).toEqual(tensors);
  });

  it('refuses any truncation, with a typed error', () => {
    const bytes = encodeSafetensors(tensors, {});
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), (length) => {
        expect(() => decodeSafetensors(bytes.subarray(0, length))).toThrow(CheckpointError);
      }),
    );
  });

  it('refuses mutated headers with a typed error, or reads them', () => {
    const bytes = encodeSafetensors(tensors, {});
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.nat(255), (at, value) => {
        const mutated = bytes.slice();
        mutated[at] = value;
        try {
          decodeSafetensors(mutated);
        } catch (error) {
          expect(error).toBeInstanceOf(CheckpointError);
        }
      }),
    );
  });
});
