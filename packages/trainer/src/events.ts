import type { Checkpoint } from './checkpoint.js';

/** Images as plain data: float32 in [-1, 1], shape [n, height, width, channels]. */
export interface Images {
  readonly data: Float32Array;
  readonly shape: readonly [number, number, number, number];
}

/** The value of one term of a loss in a step. */
export interface Report {
  /** The move's name, by default the players it trains; of a simultaneous move, the player whose loss it is. */
  readonly move: string;
  readonly term: string;
  /** The mean over the move's repetitions. */
  readonly value: number;
}

export type TrainEvent =
  | {
      readonly type: 'start';
      /** Steps in all, and done before this start (more than 0 in a resumed run). */
      readonly steps: number;
      readonly done: number;
      readonly stepsPerEpoch: number;
      /** Trainable scalars a player; 0 of frozen ones. */
      readonly parameters: Readonly<Record<string, number>>;
    }
  | {
      readonly type: 'step';
      /** Steps done, this one included. */
      readonly step: number;
      /** Epochs begun: 1 in the first. */
      readonly epoch: number;
      readonly losses: readonly Report[];
      /** What moves measured, by name. */
      readonly measures: Readonly<Record<string, number>>;
      /** The numbers of the game's state after the step. */
      readonly state: Readonly<Record<string, number>>;
      /** Seconds that the step took, data included. */
      readonly seconds: number;
      readonly imagesPerSecond: number;
    }
  | { readonly type: 'sample'; readonly step: number; readonly epoch: number; readonly images: Images }
  | { readonly type: 'checkpoint'; readonly step: number; readonly checkpoint: Checkpoint }
  | { readonly type: 'done'; readonly step: number; readonly reason: 'finished' | 'stopped' };
