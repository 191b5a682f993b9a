import { describe, expect, it } from 'vitest';
import { prefetch } from './prefetch.js';

/** Counts 0 … n-1 and keeps a log of what it did. */
function counter(n: number, failAt = Number.POSITIVE_INFINITY) {
  const log: string[] = [];
  async function* count() {
    try {
      for (let i = 0; i < n; i++) {
        await new Promise((resolve) => setTimeout(resolve, 1));
        if (i === failAt) throw new Error(`broken at ${i}`);
        log.push(`made ${i}`);
        yield i;
      }
    } finally {
      log.push('closed');
    }
  }
  return { source: count(), log };
}

const settle = () => new Promise((resolve) => setTimeout(resolve, 20));

describe('prefetch', () => {
  it('keeps content and order', async () => {
    for (const ahead of [1, 3, 10]) {
      const items: number[] = [];
      for await (const item of prefetch(counter(5).source, ahead)) items.push(item);
      expect(items).toEqual([0, 1, 2, 3, 4]);
    }
  });

  it('produces ahead while an item is in use, and no further', async () => {
    const { source, log } = counter(9);
    const iterator = prefetch(source, 2);
    expect((await iterator.next()).value).toBe(0);
    await settle();
    expect(log).toEqual(['made 0', 'made 1', 'made 2']);
    await iterator.return();
  });

  it('closes the source when the consumer stops early', async () => {
    const { source, log } = counter(100);
    for await (const item of prefetch(source, 2)) if (item === 1) break;
    expect(log.at(-1)).toBe('closed');
    expect(log.length).toBeLessThan(7);
  });

  it('throws an error where its item would have come', async () => {
    const items: number[] = [];
    const run = async () => {
      for await (const item of prefetch(counter(5, 3).source, 2)) items.push(item);
    };
    await expect(run()).rejects.toThrow('broken at 3');
    expect(items).toEqual([0, 1, 2]);
  });

  it('leaves no unhandled rejection when stopped before the error', async () => {
    const unhandled: unknown[] = [];
    const note = (reason: unknown) => unhandled.push(reason);
    process.on('unhandledRejection', note);
    for await (const _ of prefetch(counter(5, 1).source, 3)) break;
    await settle();
    process.off('unhandledRejection', note);
    expect(unhandled).toEqual([]);
  });
});
