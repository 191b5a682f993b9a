import type { Dataset, TextEncoder } from '@ganjs/datasets';
import type { EvaluationResult } from '@ganjs/evaluation';
import {
  type Checkpoint,
  disposeGame,
  type Game,
  renderPicture,
  restoreGame,
  stepsPerEpoch,
  train,
  type Variant,
} from '@ganjs/trainer';
import { createGame, unloadedGame } from './createGame.js';
import { RunError } from './errors.js';
import { openFeatureNetwork } from './featureNetworks.js';
import { LossHistory } from './lossHistory.js';
import { grid } from './pictures.js';
import { createPreview } from './preview.js';
import type { RunRecord } from './record.js';
import type { RunEvent } from './runEvent.js';
import type { RunFiles } from './runFiles.js';
import type { RunStorage } from './runStorage.js';
import { TrainedGan } from './trainedGan.js';

/** Samples of a run whose epochs are few: enough for an animation. */
const FRAMES = 30;

/** Data, or how to open it: for what may never be asked for. */
export type DataSource = Dataset | (() => Promise<Dataset>);

/** What a run works with besides its files. */
export interface RunContext {
  /** What it trains on, in batches of the variant's task. Training and some evaluations need it. */
  readonly data?: DataSource;
  /** Data to show and to score it on. Default: `data`. */
  readonly heldOut?: DataSource;
  /** Makes vectors of captions that a sample is asked for. */
  readonly textEncoder?: () => Promise<TextEncoder>;
  /** Makes pixels of a chart, so that there is a `losses.png` beside `losses.svg`: `svgToPng` of `@ganjs/visuals/node`. */
  readonly svgToPng?: (svg: string) => Uint8Array;
}

/** How to train. */
export interface TrainRunOptions {
  /** Another length than the run's, in whole epochs or in steps: to go on with a run that was finished. */
  readonly length?: { readonly epochs: number } | { readonly steps: number };
  /** Stops after the step at hand, with a sample and a checkpoint. */
  readonly signal?: AbortSignal;
}

/** One training of a variant on data, with all that it leaves behind; made by `createRun` and `openRun`. */
export class Run {
  readonly variant: Variant;
  /** Its settings, what its data reported of itself, and versions: the file `config.json`. */
  readonly record: RunRecord;
  readonly storage: RunStorage;
  readonly #files: RunFiles;
  readonly #context: RunContext;

  /** @internal Use `createRun` or `openRun`. */
  constructor(variant: Variant, record: RunRecord, files: RunFiles, context: RunContext) {
    this.variant = variant;
    this.record = record;
    this.storage = files.storage;
    this.#files = files;
    this.#context = context;
  }

  /**
   * Trains from the last checkpoint on, or from the start where there is none, and keeps the run's files: an event a
   * line, a picture a sample, checkpoints, and at the end curves, an animation and the game's own pictures. Whoever
   * does not ask for the next event pauses the run. Needs a started backend.
   *
   * @throws DivergenceError when a loss is no number; RunError when the checkpoint is damaged, or the data is not there.
   */
  async *train({ length, signal }: TrainRunOptions = {}): AsyncGenerator<RunEvent, void, undefined> {
    const { task } = this.variant;
    const { config, training } = this.record;
    const { batch, seed, features: name } = training;
    const data = await this.#data();
    const resume = await this.#files.readCheckpoint();
    const features = name === undefined ? undefined : await openFeatureNetwork(name);
    let game: Game | undefined;
    let preview: Awaited<ReturnType<typeof createPreview>> | undefined;
    try {
      game = createGame(this.variant, data.info, config, { seed, features });
      preview = await createPreview({ task, game, info: data.info, heldOut: () => this.#heldOut(), seed });
      await this.#files.writeRecord(this.record);
      await this.#files.forgetAfter(resume?.step ?? 0);
      const whole = length ?? this.#length(game, resume);
      const events = train(game, data, {
        batch,
        seed,
        length: whole,
        ...('steps' in whole && { sampleEvery: Math.max(1, Math.ceil(whole.steps / FRAMES)) }),
        samples: preview.n,
        sampleCondition: preview.condition,
        ...(resume && { resume }),
        ...(signal && { signal }),
      });
      const losses = resume ? await this.#files.readLosses() : new LossHistory();
      let last = resume;
      for await (const event of events) {
        let reported: RunEvent;
        if (event.type === 'sample') {
          const picture = preview.picture(event.images);
          reported = {
            type: 'sample',
            step: event.step,
            file: await this.#files.writeSample(event.step, picture),
            picture,
          };
        } else if (event.type === 'checkpoint') {
          last = event.checkpoint;
          reported = { type: 'checkpoint', step: event.step, file: await this.#files.writeCheckpoint(last) };
        } else {
          reported = event;
        }
        await this.#files.appendEvent(reported);
        if (reported.type === 'step') losses.add(reported.step, reported.losses);
        if (reported.type === 'checkpoint') await this.#writeCurves(losses);
        // What is promised of the end of a run is there when it is reported.
        if (reported.type === 'done') await this.#finish(game, last, preview.captions);
        yield reported;
      }
    } finally {
      preview?.dispose();
      if (game) disposeGame(game);
      features?.dispose();
    }
  }

  /**
   * Builds the networks and gives them the weights of the last checkpoint, averaged where the run averages. Needs a
   * started backend; the caller disposes what it gets.
   *
   * @throws RunError when there is no checkpoint yet, or it is damaged.
   */
  async restore(): Promise<TrainedGan> {
    const { info } = this.record;
    const checkpoint = await this.#files.readCheckpoint();
    if (!checkpoint) {
      throw new RunError(
        `${this.storage.location} has no checkpoint: its training ended before the first one.`,
      );
    }
    const game = unloadedGame(this.variant, this.record);
    try {
      const position = restoreGame(game, checkpoint, { averaged: true });
      return new TrainedGan(game, position, {
        variant: this.variant.name,
        task: this.variant.task,
        info,
        heldOut: () => this.#heldOut(),
        textEncoder: this.#context.textEncoder ?? noTextEncoder,
      });
    } catch (error) {
      disposeGame(game);
      throw error;
    }
  }

  /** Steps done, and steps in all, by the last checkpoint; undefined before the first. */
  async progress(): Promise<{ readonly step: number; readonly steps: number } | undefined> {
    const checkpoint = await this.#files.readCheckpoint();
    return checkpoint && { step: checkpoint.step, steps: checkpoint.length.steps };
  }

  /**
   * Scores what the run makes, by the evaluation that knows its task and data, and keeps the scores in `metrics.json`.
   *
   * @param request.n samples to score; default 1000.
   * @returns undefined where no evaluation knows the run.
   */
  async evaluate({ n = 1000, seed = 1 } = {}): Promise<EvaluationResult | undefined> {
    // Loaded late: a page that only trains does without.
    const { evaluate, evaluationsFor, trainedRun } = await import('@ganjs/evaluation');
    const { task } = this.variant;
    const { info } = this.record;
    const [evaluation] = evaluationsFor({ task, info });
    if (!evaluation) return undefined;
    const gan = await this.restore();
    try {
      const subject = trainedRun(gan.game, {
        ...{ task, info, position: gan.position, n, seed },
        heldOut: () => this.#heldOut(),
        trainedOn: () => this.#data(),
      });
      const result = await evaluate(subject, evaluation);
      if (result) await this.#files.writeJson('metrics.json', result.scores);
      return result;
    } finally {
      gan.dispose();
    }
  }

  /** The length of the run: what its settings say, unless it was resumed with another. */
  #length(
    game: Game,
    resume: Checkpoint | undefined,
  ): { readonly epochs: number } | { readonly steps: number } {
    const { batch, epochs, steps } = this.record.training;
    if (!resume) return steps === undefined ? { epochs: epochs! } : { steps };
    const perEpoch = stepsPerEpoch(game, this.record.info, batch);
    const before = resume.length.steps;
    const whole = epochs !== undefined && before % perEpoch === 0;
    return whole ? { epochs: before / perEpoch } : { steps: before };
  }

  async #finish(
    game: Game,
    last: Checkpoint | undefined,
    captions: readonly string[] | undefined,
  ): Promise<void> {
    await this.#files.writeFinal();
    if (captions) await this.storage.write('captions.txt', `${captions.join('\n')}\n`);
    if (!last) return;
    const { seed } = this.record.training;
    const position = restoreGame(game, last, { averaged: true });
    for (const name of Object.keys(game.pictures ?? {})) {
      const { images, columns } = await renderPicture(game, name, { seed, position });
      await this.#files.writePicture(name, grid(images, columns));
    }
  }

  async #writeCurves(losses: LossHistory): Promise<void> {
    const { svgToPng } = this.#context;
    const svg = await this.#files.writeCurves(losses, `${this.variant.name} on ${this.record.info.name}`);
    if (svg !== undefined && svgToPng) await this.storage.write('losses.png', svgToPng(svg));
  }

  async #data(): Promise<Dataset> {
    const { data } = this.#context;
    if (data) return typeof data === 'function' ? data() : data;
    throw new RunError(
      `${this.storage.location} was opened without its data, ${this.record.data.name}: pass it as data to openRun.`,
    );
  }

  async #heldOut(): Promise<Dataset> {
    const { heldOut } = this.#context;
    if (!heldOut) return this.#data();
    return typeof heldOut === 'function' ? heldOut() : heldOut;
  }
}

function noTextEncoder(): never {
  throw new RunError('Captions need a text encoder: pass textEncoder to openRun.');
}
