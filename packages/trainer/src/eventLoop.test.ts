import { describe, expect, it } from 'vitest';
import { disposeGame, train } from './index.js';
import { data, solo } from './testing.js';

describe('the event loop', () => {
  it('gets its turn while a run trains: timers fire, and a signal stops within one step', async () => {
    const g = solo();
    const stop = new AbortController();
    let steps = 0;
    // Nothing but macrotasks can stop this run in time.
    const timer = setTimeout(() => stop.abort(), 20);
    const started = performance.now();
    for await (const event of train(g, data(), {
      batch: 4,
      seed: 1,
      length: { steps: 1_000_000 },
      signal: stop.signal,
    })) {
      if (event.type === 'step') steps++;
      if (performance.now() - started > 30_000) break;
    }
    clearTimeout(timer);
    disposeGame(g);
    expect(stop.signal.aborted).toBe(true);
    expect(steps).toBeLessThan(1_000_000);
  });
});
