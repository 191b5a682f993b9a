/**
 * Lets the event loop run what waits: timers, signals, messages, a page's input. Awaiting a promise that is settled
 * already, as the values of a synchronous backend are, does not: it only runs microtasks.
 */
export const nextMacrotask: () => Promise<void> =
  typeof setImmediate === 'function'
    ? () => new Promise((resolve) => setImmediate(resolve))
    : // A timer would wait for 4 ms in a page, a message does not.
      () =>
        new Promise((resolve) => {
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = () => {
            port1.close();
            resolve();
          };
          port2.postMessage(undefined);
        });

/** Lets the event loop run when it has not for so many milliseconds. */
export class Breath {
  readonly #interval: number;
  #last = performance.now();

  /** @param interval milliseconds; a user feels nothing up to about 50. */
  constructor(interval = 50) {
    this.#interval = interval;
  }

  async take(): Promise<void> {
    if (performance.now() - this.#last < this.#interval) return;
    await nextMacrotask();
    this.#last = performance.now();
  }
}
