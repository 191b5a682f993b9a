/** When in a run something happens. */
export interface Moment {
  /** Training steps done before this one. */
  readonly step: number;
  /** Real images a step shows. */
  readonly batch: number;
  /** Real images shown before this step: step times batch. Papers count in thousands of these ("kimg"). */
  readonly images: number;
  /** Fraction of the run that is done, in [0, 1). Never falls, also when a run is made longer. */
  readonly progress: number;
}

/** What a number is at a moment. */
export type Schedule = (moment: Moment) => number;

/** A number, or its schedule: learning rates, decays of averages, noise levels. */
export type Scheduled = number | Schedule;

/** A schedule's value at a moment. */
export function valueAt(scheduled: Scheduled, moment: Moment): number {
  return typeof scheduled === 'number' ? scheduled : scheduled(moment);
}

/**
 * How `progress` runs: from its value at one step to 1 at the run's end.
 *
 * A run that is made longer or shorter keeps the progress that it has and spreads the rest over the steps that are
 * left, so schedules go on from where they stand. In a finished run they stand at their end, and stay there.
 */
export class RunLength {
  /** Steps of the run in all. */
  readonly steps: number;
  /** Where the run got this length: 0 unless it was resumed with another one. */
  readonly since: number;
  /** Progress at that step. */
  readonly done: number;

  constructor(steps: number, since = 0, done = 0) {
    this.steps = steps;
    this.since = since;
    this.done = done;
  }

  /** The fraction that is done before a step, in [0, 1); after the last one it stays as that one had it. */
  progressAt(step: number): number {
    const last = Math.max(this.since, Math.min(step, this.steps - 1));
    const left = this.steps - this.since;
    return left > 0 ? this.done + (1 - this.done) * ((last - this.since) / left) : this.done;
  }

  /** The same run when it shall have so many steps, decided at a step. */
  changed(steps: number, step: number): RunLength {
    return steps === this.steps ? this : new RunLength(steps, step, this.progressAt(step));
  }
}
