/**
 * Reads ahead: while the consumer works on one item, the next `ahead` are already being produced.
 *
 * Order and content are the source's. When the consumer stops early, the source is returned (its `finally`
 * runs) and items that were produced in vain are dropped, so they must be plain memory, not tensors.
 * An error of the source is thrown where its item would have come.
 *
 * @param source yields items that own no resources.
 * @param ahead how many items to hold ready; an integer >= 1.
 */
export async function* prefetch<T>(
  source: AsyncIterable<T>,
  ahead: number,
): AsyncGenerator<T, void, undefined> {
  const iterator = source[Symbol.asyncIterator]();
  const pull = () => {
    const pending = iterator.next();
    pending.catch(() => {}); // reported when its turn comes; a consumer that stops earlier never asks
    return pending;
  };
  const queue = Array.from({ length: ahead }, pull);
  try {
    for (;;) {
      const { done, value } = await queue.shift()!;
      if (done) return;
      queue.push(pull());
      yield value;
    }
  } finally {
    await iterator.return?.();
  }
}
