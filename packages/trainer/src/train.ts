import { enableHigherOrderGradients } from '@ganjs/autodiff';
import { type Batch, batchesPerEpoch, type Dataset, type DatasetInfo, disposeBatch } from '@ganjs/datasets';
import { Breath } from './breathe.js';
import type { Checkpoint } from './checkpoint.js';
import { ConfigError } from './errors.js';
import type { TrainEvent } from './events.js';
import { batchesPerStep, type Condition, type Game, numbersOf } from './game.js';
import { refuseRenamed } from './renamed.js';
import { sample } from './sample.js';
import { TrainingState } from './trainingState.js';

/** How to train. */
export interface TrainOptions<B extends Batch = Batch> {
  /** Images a batch. */
  readonly batch: number;
  /** Names every random stream of the run. */
  readonly seed: number;
  /**
   * How long: whole epochs, or steps. A run that is resumed with another length goes on with the progress that it has:
   * schedules and phases spread over the steps that are left; those of a finished run go on from its last step.
   */
  readonly length: { readonly epochs: number } | { readonly steps: number };
  /** Steps between two samples, besides one at the end of each epoch. Default: at the end of each epoch only. */
  readonly sampleEvery?: number;
  /** Steps between two checkpoints, besides the last one. Default: an epoch. */
  readonly checkpointEvery?: number;
  /** Images a sample event holds. Default 64. */
  readonly samples?: number;
  /** What the samples are made from, such as labels or sources: a row for each of them. The caller disposes it. */
  readonly sampleCondition?: Condition<B>;
  /** Continues the run that left this checkpoint. */
  readonly resume?: Checkpoint;
  /** Stops after the step at hand, with a sample and a checkpoint; before the first step, at once. */
  readonly signal?: AbortSignal;
}

/**
 * Plays a game on data and reports what happens. It neither prints nor writes: events are plain data, and
 * what becomes of them (a progress bar, a file, a web page) is the consumer's.
 *
 * One training step is all moves in order; see {@link Game}. The run is a pure function of game, data,
 * batch and seed, so a resumed run ends with the weights of an uninterrupted one. Between steps the event loop gets its
 * turn at least every 50 ms (or every step, if that takes longer), so timers, signals and messages arrive while it
 * trains. Whoever does not ask for the next event pauses the run.
 *
 * @throws ConfigError when the data does not fill one step, or a length is no whole number.
 * @throws DivergenceError when a loss is not a finite number.
 * @throws CheckpointError when `resume` belongs to another game or seed.
 */
export async function* train<B extends Batch>(
  game: Game<string, B>,
  data: Dataset<B>,
  options: TrainOptions<B>,
): AsyncGenerator<TrainEvent, void, undefined> {
  // Penalties differentiate gradients, which stock TensorFlow.js gets wrong without a word.
  enableHigherOrderGradients();
  refuseRenamed(options);
  const { batch, seed, signal, samples = 64, sampleEvery = Number.POSITIVE_INFINITY } = options;
  checkCounts({ ...options.length, samples });
  const perStep = batchesPerStep(game);
  const perEpoch = stepsPerEpoch(game, data.info, batch);
  const steps = 'steps' in options.length ? options.length.steps : options.length.epochs * perEpoch;
  const checkpointEvery = options.checkpointEvery ?? perEpoch;
  const training = new TrainingState(game, { seed, batch, steps });
  const breath = new Breath();
  try {
    if (options.resume) training.restore(options.resume);
    let step = training.step;
    yield { type: 'start', steps, done: step, stepsPerEpoch: perEpoch, parameters: training.parameters() };

    const sampleEvent = async (): Promise<TrainEvent> => {
      const { sampleCondition: condition } = options;
      const request = { n: samples, seed, position: training.position(), ...(condition && { condition }) };
      const images = await training.withAverages(() => sample(game, request));
      return { type: 'sample', step, epoch: Math.ceil(step / perEpoch), images };
    };
    const checkpointEvent = async (): Promise<TrainEvent> => ({
      type: 'checkpoint',
      step,
      checkpoint: await training.checkpoint(),
    });

    const stopped = () => signal?.aborted ?? false;
    while (step < steps && !stopped()) {
      const epoch = Math.floor(step / perEpoch);
      const from = (step % perEpoch) * perStep;
      const lastStep = Math.min(steps, (epoch + 1) * perEpoch);
      let started = performance.now();
      for await (const batches of groups(data.batches({ batch, seed, epoch, from }), perStep)) {
        const { losses, measures } = await training.play(batches);
        step = training.step;
        const seconds = (performance.now() - started) / 1000;
        const imagesPerSecond = (batch * perStep) / seconds;
        const state = numbersOf(training.position().state);
        yield { type: 'step', step, epoch: epoch + 1, losses, measures, state, seconds, imagesPerSecond };
        await breath.take();
        const ends = () => stopped() || step === steps;
        const sampled = ends() || step === lastStep || step % sampleEvery === 0;
        if (sampled) yield await sampleEvent();
        await breath.take();
        const saved = ends() || step % checkpointEvery === 0;
        if (saved) yield await checkpointEvent();
        await breath.take();
        // The signal may have come while the consumer was busy with one of them.
        if (ends() && !sampled) yield await sampleEvent();
        if (ends() && !saved) yield await checkpointEvent();
        if (ends() || step === lastStep) break;
        started = performance.now();
      }
    }
    yield { type: 'done', step, reason: stopped() && step < steps ? 'stopped' : 'finished' };
  } finally {
    training.dispose();
  }
}

/**
 * Steps in a pass over the data.
 *
 * @throws ConfigError when the data does not fill one step.
 */
export function stepsPerEpoch(game: Pick<Game, 'moves'>, info: DatasetInfo, batch: number): number {
  const perStep = batchesPerStep(game);
  const steps = Math.floor(batchesPerEpoch({ info }, batch) / perStep);
  if (steps >= 1) return steps;
  throw new ConfigError(
    `@ganjs/trainer: a step takes ${perStep} batches of ${batch} images, more than the ${info.size} of ${info.name}: ` +
      'lower the batch',
  );
}

/** @throws ConfigError naming a count that is no whole number >= 1. */
function checkCounts(counts: Readonly<Record<string, number>>): void {
  for (const [name, count] of Object.entries(counts)) {
    if (Number.isSafeInteger(count) && count >= 1) continue;
    throw new ConfigError(`@ganjs/trainer: ${name} is ${count}, expected a whole number >= 1`);
  }
}

/** Puts `size` successive batches together; whoever takes a group disposes its batches. */
async function* groups<B extends Batch>(batches: AsyncIterable<B>, size: number): AsyncGenerator<B[]> {
  let group: B[] = [];
  try {
    for await (const batch of batches) {
      group.push(batch);
      if (group.length === size) {
        const whole = group;
        group = [];
        yield whole;
      }
    }
  } finally {
    for (const batch of group) disposeBatch(batch);
  }
}
