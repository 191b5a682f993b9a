import {
  disposeGame,
  type Game,
  type Images,
  type LatentVectors,
  type Position,
  sample,
  sampleLatents,
  synthesize,
} from '@ganjs/trainer';
import type { Pixels } from '@ganjs/visuals';
import { RunError } from './errors.js';
import { requestedPreview, type SampledRun, type SampleRequest } from './sampleRequest.js';

/** Images that a GAN made. */
export interface Samples {
  /** float32 in [-1, 1], shape [n, height, width, channels]. */
  readonly images: Images;
  /** What they were made from, where the game has latents. */
  readonly latents?: LatentVectors;
  /** All of them as one picture, beside what they were made from. */
  readonly picture: Pixels;
}

/** A run's networks with the weights of its last checkpoint, averaged where the run averages; freed by `dispose`. */
export class TrainedGan {
  readonly game: Game;
  /** Where the run stands. */
  readonly position: Position;
  readonly #run: Omit<SampledRun, 'game' | 'seed'>;

  constructor(game: Game, position: Position, run: Omit<SampledRun, 'game' | 'seed'>) {
    this.game = game;
    this.position = position;
    this.#run = run;
  }

  /**
   * Makes images.
   *
   * @throws RunError when the request asks for something that the task does not know, or for latents of another shape.
   */
  async sample(request: SampleRequest = {}): Promise<Samples> {
    const { seed = 1, latents: given, truncation } = request;
    if (given) this.#checkLatents(given);
    if (truncation !== undefined && !this.game.latents) this.#refuseLatents();
    const n = given?.shape[0] ?? request.n;
    const preview = await requestedPreview(
      { ...this.#run, game: this.game, seed },
      { ...request, ...(n !== undefined && { n }) },
    );
    try {
      const options = { n: preview.n, seed, condition: preview.condition, position: this.position };
      if (given && given.shape[0] !== preview.n) {
        throw new RunError(
          `${given.shape[0]} latents came, but ${preview.n} held-out captions are there to go with them: ` +
            'take as many latents, or say what to make by captions.',
        );
      }
      if (!this.game.latents) {
        const images = await sample(this.game, options);
        return { images, picture: preview.picture(images) };
      }
      const latents =
        given ??
        (await sampleLatents(this.game, { ...options, ...(truncation !== undefined && { truncation }) }));
      const images = await synthesize(this.game, latents, options);
      return { images, latents, picture: preview.picture(images) };
    } finally {
      preview.dispose();
    }
  }

  dispose(): void {
    disposeGame(this.game);
  }

  #checkLatents({ shape }: LatentVectors): void {
    const own = this.game.latents?.shape ?? this.#refuseLatents();
    if (
      shape.length === own.length + 1 &&
      shape[0]! > 0 &&
      own.every((extent, i) => shape[i + 1] === extent)
    ) {
      return;
    }
    throw new RunError(
      `The latents have shape [${shape}], but those of ${this.#run.variant} have [n, ${own}].`,
    );
  }

  #refuseLatents(): never {
    throw new RunError(
      `${this.#run.variant} has no latents to be given or truncated: its task is ${this.#run.task}.`,
    );
  }
}
