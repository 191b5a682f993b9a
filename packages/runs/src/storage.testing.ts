import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RunStorage } from './runStorage.js';

/** What every storage of a run promises, as tests. */
export function testStorage(name: string, make: () => Promise<RunStorage> | RunStorage): void {
  describe(name, () => {
    let storage: RunStorage;
    const text = async (file: string) => {
      const bytes = await storage.read(file);
      return bytes && new TextDecoder().decode(bytes);
    };
    beforeEach(async () => {
      storage = await make();
    });
    afterEach(async () => {
      for (const file of await storage.list('')) await storage.remove(file);
    });

    it('begins empty, and says where it is', async () => {
      expect(storage.location).not.toBe('');
      expect(await storage.list('')).toEqual([]);
      expect(await storage.read('config.json')).toBeUndefined();
    });

    it('gives back what was written, in place of what was there', async () => {
      await storage.write('a/b.bin', Uint8Array.of(0, 255, 7).subarray(1));
      expect([...(await storage.read('a/b.bin'))!]).toEqual([255, 7]);
      await storage.write('a/b.bin', 'päuse');
      expect(await text('a/b.bin')).toBe('päuse');
    });

    it('keeps its own copy', async () => {
      const bytes = Uint8Array.of(1, 2);
      await storage.write('x', bytes);
      bytes[0] = 9;
      const read = (await storage.read('x'))!;
      expect(read[0]).toBe(1);
      read[1] = 9;
      expect((await storage.read('x'))![1]).toBe(2);
    });

    it('appends to what was written or appended, or to nothing', async () => {
      await storage.append('events.jsonl', 'one\n');
      await storage.append('events.jsonl', 'two\n');
      expect(await text('events.jsonl')).toBe('one\ntwo\n');
      await storage.write('events.jsonl', 'new\n');
      await storage.append('events.jsonl', 'three\n');
      expect(await text('events.jsonl')).toBe('new\nthree\n');
    });

    it('lists the names that begin so, sorted', async () => {
      for (const file of ['samples/step-2.png', 'samples/step-1.png', 'config.json', 'samples.txt']) {
        await storage.write(file, file);
      }
      await storage.append('events.jsonl', 'one\n');
      await storage.append('events.jsonl', 'two\n');
      expect(await storage.list('samples/')).toEqual(['samples/step-1.png', 'samples/step-2.png']);
      expect(await storage.list('')).toEqual([
        'config.json',
        'events.jsonl',
        'samples.txt',
        'samples/step-1.png',
        'samples/step-2.png',
      ]);
    });

    it('removes a file, and does not mind one that is not there', async () => {
      await storage.write('a', '1');
      await storage.append('b', '2');
      await storage.append('b', '3');
      await storage.remove('b');
      await storage.remove('c');
      expect(await storage.read('b')).toBeUndefined();
      expect(await storage.list('')).toEqual(['a']);
    });
  });
}
