import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import type { RunStorage } from '../runStorage.js';

/** A file in parts, as it was appended to: run, name, and the part's number. */
type Key = [run: string, name: string, part: number];

interface Files extends DBSchema {
  files: { key: Key; value: Uint8Array };
}

const DATABASE = 'ganjs';

/** One connection serves all runs of a page. */
let database: Promise<IDBPDatabase<Files>> | undefined;

function open(): Promise<IDBPDatabase<Files>> {
  database ??= openDB<Files>(DATABASE, 1, {
    upgrade: (created) => {
      created.createObjectStore('files');
    },
  });
  return database;
}

/** All parts of a file. */
const partsOf = (run: string, name: string) => IDBKeyRange.bound([run, name], [run, name, []]);

/**
 * Keeps a run in the browser, under a name: in IndexedDB, so in pages and workers alike, and still there when the page
 * is opened again. Nothing leaves the machine. A write happens whole or not at all, as a transaction.
 */
export function browserStorage(run: string): RunStorage {
  const encoder = new TextEncoder();
  return {
    location: `the browser's run "${run}"`,
    async read(name) {
      const parts = await (await open()).getAll('files', partsOf(run, name));
      return parts.length === 0 ? undefined : joined(parts);
    },
    async write(name, content) {
      const transaction = (await open()).transaction('files', 'readwrite');
      const bytes = typeof content === 'string' ? encoder.encode(content) : content;
      await Promise.all([
        transaction.store.delete(partsOf(run, name)),
        transaction.store.put(bytes, [run, name, 0]),
        transaction.done,
      ]);
    },
    async append(name, text) {
      const transaction = (await open()).transaction('files', 'readwrite');
      const last = await transaction.store.openKeyCursor(partsOf(run, name), 'prev');
      const part = last ? last.key[2] + 1 : 0;
      await Promise.all([transaction.store.put(encoder.encode(text), [run, name, part]), transaction.done]);
    },
    async list(prefix) {
      const keys = await (await open()).getAllKeys('files', IDBKeyRange.bound([run], [run, []]));
      const names = new Set(keys.map(([, name]) => name));
      return [...names].filter((name) => name.startsWith(prefix)).sort();
    },
    async remove(name) {
      await (await open()).delete('files', partsOf(run, name));
    },
  };
}

/** The names of the runs that the browser keeps, sorted. */
export async function browserRuns(): Promise<string[]> {
  const keys = await (await open()).getAllKeys('files');
  return [...new Set(keys.map(([run]) => run))].sort();
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}
