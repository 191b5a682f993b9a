import { type Case, cases } from '../../../tools/reference/losses/recorded.js';

/** The cases recorded with PyTorch, by the function that they call. */
export const recordings = new Map<string, Case[]>();
for (const file of ['adversarial', 'auxiliary', 'regularizers']) {
  for (const one of cases('losses', file)) {
    recordings.set(one.function, [...(recordings.get(one.function) ?? []), one]);
  }
}
