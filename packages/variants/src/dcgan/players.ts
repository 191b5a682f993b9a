import {
  dcganDiscriminator,
  dcganGenerator,
  type Initialization,
  mlpDiscriminator,
  mlpGenerator,
  resnetDiscriminator,
  resnetGenerator,
  withFeatures,
} from '@ganjs/architectures';
import { ambientGlorotUniform, weightClip } from '@ganjs/layers';
import { stream, withStream } from '@ganjs/random';
import { adam, type BuildContext, type Optimizer, type Player, rmsProp } from '@ganjs/trainer';
import * as tf from '@tensorflow/tfjs';
import { averaged } from '../averaging.js';
import { decaying } from '../optimizer.js';
import type { DcganConfig } from './config.js';

/** What both networks are told besides their settings. */
interface Common extends Pick<BuildContext, 'image' | 'seed'> {
  readonly classes: number;
  /** The momentum of batch norm in the paper, for settings that name none. */
  readonly batchNormMomentum: number;
}

const initializationOf = (stddev: number | undefined): Initialization =>
  stddev === undefined ? 'glorot' : { normal: stddev };

function generatorNetwork({ latent, generator }: DcganConfig, common: Common): tf.LayersModel {
  const { backbone, count, initStddev, ...own } = generator;
  const shared = { ...common, latent, initialization: initializationOf(initStddev) };
  const batchNormMomentum = ('batchNormMomentum' in own && own.batchNormMomentum) || common.batchNormMomentum;
  const options = { ...shared, ...own, batchNormMomentum };
  return { dcgan: dcganGenerator, mlp: mlpGenerator, resnet: resnetGenerator }[backbone](options);
}

/** With a layer `features` before the logit. */
function discriminatorNetwork({ discriminator }: DcganConfig, common: Common): tf.LayersModel {
  const shared = { ...common, initialization: initializationOf(discriminator.initStddev) };
  switch (discriminator.backbone) {
    case 'dcgan': {
      const { dropout, batchNormMomentum = common.batchNormMomentum, ...own } = discriminator;
      return dcganDiscriminator({ ...shared, ...own, batchNormMomentum, dropoutRate: dropout });
    }
    case 'mlp':
      return mlpDiscriminator({ ...shared, ...discriminator });
    case 'resnet':
      return resnetDiscriminator({ ...shared, ...discriminator });
  }
}

/** `discriminator`, `discriminator2`, `discriminator3`, … */
export function numbered(name: string, n: number): string[] {
  return Array.from({ length: n }, (_, k) => (k === 0 ? name : `${name}${k + 1}`));
}

/**
 * The players of the family: discriminators, generators, and a classifier that tells several generators apart.
 *
 * @param options.classes number of classes that the networks are told; 0 for none.
 * @param options.batchNormMomentum the paper's.
 */
export function dcganPlayers(
  config: DcganConfig,
  { image, seed }: BuildContext,
  options: Pick<Common, 'classes' | 'batchNormMomentum'>,
): Record<string, Player> {
  const { generator, discriminator, optimizer, ema } = config;
  const { weightClip: limit } = discriminator;
  const common = { image, ...options };
  // The first of several has the run's seed, so that one player is the same whether it is alone or not.
  const seedOf = (k: number) => (k === 0 ? seed : stream(seed, 'player', k).seed());
  const discriminatorOptimizer = optimizerOf(optimizer, optimizer.discriminatorLearningRate);
  const generatorOptimizer = optimizerOf(optimizer);
  const players: Record<string, Player> = {};
  for (const [k, name] of numbered('discriminator', discriminator.count).entries()) {
    players[name] = {
      network: withFeatures(discriminatorNetwork(config, { ...common, seed: seedOf(k) }), 'features'),
      optimizer: discriminatorOptimizer,
      ...(limit !== undefined && { constraint: weightClip({ limit }) }),
    };
  }
  for (const [k, name] of numbered('generator', generator.count).entries()) {
    players[name] = {
      network: generatorNetwork(config, { ...common, seed: seedOf(k) }),
      optimizer: generatorOptimizer,
      ...averaged(ema),
    };
  }
  if (generator.count > 1) {
    const [, features] = players.discriminator!.network.outputs;
    players.classifier = {
      network: withStream(stream(seed, 'init', 'classifier'), () =>
        tf.sequential({
          name: 'classifier',
          layers: [
            tf.layers.dense({
              name: 'generator_id',
              units: generator.count,
              inputShape: features!.shape.slice(1),
              kernelInitializer: ambientGlorotUniform(),
            }),
          ],
        }),
      ),
      optimizer: discriminatorOptimizer,
    };
  }
  return players;
}

function optimizerOf(optimizer: DcganConfig['optimizer'], learningRate = optimizer.learningRate): Optimizer {
  const rate = decaying(learningRate, optimizer.decayFrom);
  if (optimizer.rule === 'rmsprop') return rmsProp({ learningRate: rate });
  const { beta1, beta2 } = optimizer;
  // The epsilon of Keras, and so of the tutorial.
  return adam({ learningRate: rate, beta1, beta2, epsilon: 1e-7 });
}
