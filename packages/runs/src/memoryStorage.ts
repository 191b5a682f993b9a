import type { RunStorage } from './runStorage.js';

/** Keeps a run in memory: for trials, and for pages that shall leave nothing behind. */
export function memoryStorage(location = 'memory'): RunStorage {
  const files = new Map<string, Uint8Array>();
  const encoder = new TextEncoder();
  return {
    location,
    read: async (name) => files.get(name)?.slice(),
    async write(name, content) {
      files.set(name, typeof content === 'string' ? encoder.encode(content) : content.slice());
    },
    async append(name, text) {
      const before = files.get(name) ?? new Uint8Array();
      const added = encoder.encode(text);
      const whole = new Uint8Array(before.length + added.length);
      whole.set(before);
      whole.set(added, before.length);
      files.set(name, whole);
    },
    list: async (prefix) => [...files.keys()].filter((name) => name.startsWith(prefix)).sort(),
    async remove(name) {
      files.delete(name);
    },
  };
}
