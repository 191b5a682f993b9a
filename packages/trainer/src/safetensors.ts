import { CheckpointError } from './errors.js';

/** A tensor as plain data. */
export interface StoredTensor {
  readonly shape: readonly number[];
  readonly data: Float32Array | Int32Array;
}

interface HeaderEntry {
  dtype: string;
  shape: number[];
  data_offsets: [number, number];
}

const MAX_HEADER = 100_000_000;
/** Typed arrays copy the machine's byte order; the format is little-endian, as every platform of ours. */
const dtypes = { F32: Float32Array, I32: Int32Array } as const;

/**
 * Encodes named tensors and string metadata in the safetensors format: an 8-byte little-endian header
 * length, a JSON header padded with spaces to 8 bytes, then the tensors' bytes. Python reads it with
 * `safetensors.numpy.load_file(path)`.
 *
 * https://huggingface.co/docs/safetensors
 */
export function encodeSafetensors(
  tensors: Readonly<Record<string, StoredTensor>>,
  metadata: Readonly<Record<string, string>>,
): Uint8Array {
  const header: Record<string, unknown> = { __metadata__: metadata };
  let length = 0;
  for (const [name, { shape, data }] of Object.entries(tensors)) {
    const dtype = data instanceof Int32Array ? 'I32' : 'F32';
    header[name] = { dtype, shape, data_offsets: [length, length + data.byteLength] };
    length += data.byteLength;
  }
  const json = new TextEncoder().encode(JSON.stringify(header));
  const headerLength = Math.ceil(json.length / 8) * 8;
  const bytes = new Uint8Array(8 + headerLength + length).fill(0x20, 8, 8 + headerLength);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(headerLength), true);
  bytes.set(json, 8);
  let offset = 8 + headerLength;
  for (const { data } of Object.values(tensors)) {
    bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), offset);
    offset += data.byteLength;
  }
  return bytes;
}

/**
 * Decodes a file in the safetensors format with float32 and int32 tensors.
 *
 * @throws CheckpointError naming the entry, when the file is truncated or malformed.
 */
export function decodeSafetensors(bytes: Uint8Array): {
  tensors: Record<string, StoredTensor>;
  metadata: Record<string, string>;
} {
  const fail = (why: string): never => {
    throw new CheckpointError(`@ganjs/trainer: not a whole safetensors file: ${why}`);
  };
  if (bytes.length < 8) fail(`${bytes.length} bytes are less than the header's length takes`);
  const headerLength = Number(new DataView(bytes.buffer, bytes.byteOffset, 8).getBigUint64(0, true));
  if (headerLength > MAX_HEADER || 8 + headerLength > bytes.length) {
    fail(`the header says it has ${headerLength} bytes, the file has ${bytes.length}`);
  }
  let header: Record<string, unknown> = {};
  try {
    header = JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + headerLength))) as Record<
      string,
      unknown
    >;
  } catch {
    fail('the header is not JSON');
  }
  const { __metadata__: metadata = {}, ...entries } = header;
  // A plain view: the slice of a Node Buffer would share its memory.
  const body = new Uint8Array(
    bytes.buffer,
    bytes.byteOffset + 8 + headerLength,
    bytes.length - 8 - headerLength,
  );
  const tensors: Record<string, StoredTensor> = {};
  for (const [name, value] of Object.entries(entries)) {
    const { dtype, shape, data_offsets: offsets } = value as Partial<HeaderEntry>;
    const type = dtypes[dtype as keyof typeof dtypes];
    if (!type) fail(`"${name}" has dtype ${dtype}; F32 and I32 are read`);
    if (!Array.isArray(shape) || !Array.isArray(offsets)) fail(`"${name}" lacks a shape or offsets`);
    const [begin, end] = offsets!;
    const size = shape!.reduce((product, extent) => product * extent, 1);
    if (!(begin >= 0 && end - begin === size * 4 && end <= body.length)) {
      fail(
        `"${name}" lies at bytes ${begin} to ${end} of ${body.length}, and its shape [${shape}] takes ${size * 4}`,
      );
    }
    tensors[name] = { shape: shape!, data: new type(body.slice(begin, end).buffer) };
  }
  return { tensors, metadata: metadata as Record<string, string> };
}
