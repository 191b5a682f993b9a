import type { LabelledBatch } from '@ganjs/datasets';
import type { Checkpoint, Condition, Game, Images, TrainEvent } from '@ganjs/trainer';

/** Steps of every run, across the border of an epoch of four. */
export const STEPS = 6;
/** Images a batch. */
export const BATCH = 4;
/** Images a sample event holds. */
export const SAMPLES = 4;

export type StepEvent = Extract<TrainEvent, { type: 'step' }>;

/** What a run left: what it reported, sampled and saved after each of its steps. */
export interface Run {
  readonly steps: readonly StepEvent[];
  readonly samples: readonly Images[];
  readonly checkpoints: readonly Checkpoint[];
}

/** A game as somebody outside of the repository writes it, and what it relies on. */
export interface OutsideGame {
  readonly name: string;
  /** Height and width of the real images. */
  readonly side: number;
  /** Builds the game anew, each time with the same weights. */
  create(): Game<string, LabelledBatch>;
  /** What n samples are made from. */
  condition?(n: number): Condition<LabelledBatch>;
  /** What this game's run must show, besides what every game's must. */
  readonly claims: Readonly<Record<string, (run: Run) => void | Promise<void>>>;
}
