import type { RunConfig, RunFolder } from './runFolder.js';

/** The scores of a run's samples, and the same in a line. */
export interface Evaluation {
  readonly scores: Record<string, number | number[]>;
  readonly summary: string;
}

/** Whether a judge of this dataset ships with ganjs. */
export function judgeOf(data: string): boolean {
  return data === 'mnist-not-yet';
}

export async function evaluate(_folder: RunFolder, _config: RunConfig): Promise<Evaluation> {
  throw new Error('not yet');
}
