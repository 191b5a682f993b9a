import { dependsOn, untraced } from '@ganjs/autodiff';
import * as tf from '@tensorflow/tfjs';
import { GameError } from './errors.js';
import type { Game } from './game.js';
import { trainableWeightsOf } from './weights.js';

/** Applies a network; several inputs become the network's input list. */
export interface NetworkFunction {
  /** The network's output; the first one where it has several. */
  (...inputs: tf.Tensor[]): tf.Tensor;
  /** All outputs, as of a network that also gives its features. */
  outputs(...inputs: tf.Tensor[]): tf.Tensor[];
}

/** Applies a player's network. */
export interface Network extends NetworkFunction {
  /** The same network in inference mode: no dropout, moving statistics, singular vectors that rest. */
  readonly inference: NetworkFunction;
}

/** The players' networks in inference mode. */
export function inferenceNetworks(game: Pick<Game, 'players'>): Record<string, Network> {
  return networksOf(game, { training: false, learning: [] });
}

/**
 * The players' networks in training mode, for a move.
 *
 * A network that does not learn in the move, and whose inputs come from nothing that does, is applied without being
 * recorded: a discriminator's move does not hold the activations of the generator.
 *
 * @param learning the players that the move trains.
 */
export function trainingNetworks(
  game: Pick<Game, 'players'>,
  learning: readonly string[],
): Record<string, Network> {
  return networksOf(game, { training: true, learning });
}

function networksOf(
  game: Pick<Game, 'players'>,
  { training, learning }: { training: boolean; learning: readonly string[] },
): Record<string, Network> {
  const trained = learning.flatMap((name) => trainableWeightsOf(game.players[name]!.network));
  const functionsOf = (name: string, network: tf.LayersModel, mode: { training: boolean }) => {
    // By its weights, not by its name: players may share layers.
    const learns = trainableWeightsOf(network).some((weight) => trained.includes(weight));
    const outputs = (...inputs: (tf.Tensor | undefined)[]): tf.Tensor[] => {
      const missing = inputs.indexOf(undefined);
      if (missing >= 0) {
        throw new GameError(
          `@ganjs/trainer: the player "${name}" got nothing for its input ${missing} (${network.inputNames[missing]}): ` +
            "give what the game's task needs, such as labels, sources or embeddings, as `condition`",
        );
      }
      const given = inputs as tf.Tensor[];
      const apply = () =>
        tf.tidy(() => [network.apply(given.length === 1 ? given[0]! : given, mode)].flat() as tf.Tensor[]);
      return learns || dependsOn(given, trained) ? apply() : untraced(apply);
    };
    return Object.assign((...inputs: tf.Tensor[]) => outputs(...inputs)[0]!, { outputs });
  };
  return Object.fromEntries(
    Object.entries(game.players).map(([name, { network, optimizer }]) => {
      const inference = functionsOf(name, network, { training: false });
      const frozen = optimizer === undefined;
      const live = training && !frozen ? functionsOf(name, network, { training }) : inference;
      return [
        name,
        Object.assign((...inputs: tf.Tensor[]) => live(...inputs), { outputs: live.outputs, inference }),
      ];
    }),
  );
}
