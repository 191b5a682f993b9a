import {
  dcganDiscriminator,
  dcganGenerator,
  denseDiscriminator,
  denseGenerator,
  type Initialization,
  residualDiscriminator,
  residualGenerator,
  tapped,
} from '@ganjs/architectures';
import { ambientGlorotUniform, weightClip } from '@ganjs/layers';
import { stream, withStream } from '@ganjs/random';
import { adam, type BuildContext, type Optimizer, type Player, rmsProp } from '@ganjs/trainer';
import * as tf from '@tensorflow/tfjs';
import { averaged } from '../averaging.js';
import { decaying } from '../decaying.js';
import type { DcganConfig } from './config.js';

/** What both networks of a backbone are told. */
type Common = Pick<BuildContext, 'image' | 'seed'> & {
  readonly classes: number;
  readonly initialization: Initialization;
};

interface Backbone {
  generator(config: DcganConfig, common: Common): tf.LayersModel;
  /** With a layer `features` before the logit. */
  discriminator(config: DcganConfig, common: Common): tf.LayersModel;
}

/** An option that 0 leaves to the network's own default. */
const given = <K extends string>(key: K, value: number) => (value > 0 ? { [key]: value } : {});

/** What every discriminator takes; norms that a backbone lacks have been refused by now. */
const discriminatorOptions = <Norm extends DcganConfig['discriminatorNorm']>(config: DcganConfig) => ({
  norm: config.discriminatorNorm as Norm,
  spectralNorm: config.spectralNorm,
  minibatchDiscrimination: config.minibatchDiscrimination,
});

const backbones: Readonly<Record<DcganConfig['backbone'], Backbone>> = {
  dcgan: {
    generator: (config, common) =>
      dcganGenerator({
        ...common,
        ...given('width', config.generatorWidth),
        ...given('stages', config.generatorStages),
        latent: config.latent,
        kernel: config.kernel,
        hidden: config.hidden,
        refine: config.refine,
        output: config.output,
        norm: config.generatorNorm,
        slope: config.generatorSlope,
        momentum: config.normMomentum,
      }),
    discriminator: (config, common) =>
      dcganDiscriminator({
        ...common,
        ...discriminatorOptions<DcganConfig['discriminatorNorm']>(config),
        ...given('width', config.discriminatorWidth),
        ...given('stages', config.discriminatorStages),
        kernel: config.kernel,
        hidden: config.hidden,
        slope: config.slope,
        dropoutRate: config.dropout,
        momentum: config.normMomentum,
      }),
  },
  mlp: {
    generator: (config, common) =>
      denseGenerator({ ...common, ...given('width', config.generatorWidth), latent: config.latent }),
    discriminator: (config, common) =>
      denseDiscriminator({
        ...common,
        ...discriminatorOptions<'none' | 'batch' | 'layer'>(config),
        ...given('width', config.discriminatorWidth),
      }),
  },
  resnet: {
    generator: (config, common) =>
      residualGenerator({ ...common, ...given('width', config.generatorWidth), latent: config.latent }),
    discriminator: (config, common) =>
      residualDiscriminator({
        ...common,
        ...discriminatorOptions<'none' | 'layer'>(config),
        ...given('width', config.discriminatorWidth),
      }),
  },
};

/** `discriminator`, `discriminator2`, `discriminator3`, … */
export function numbered(name: string, n: number): string[] {
  return Array.from({ length: n }, (_, k) => (k === 0 ? name : `${name}${k + 1}`));
}

/**
 * The players of the family: discriminators, generators, and a classifier that tells several generators apart.
 *
 * @param classes - number of classes that the networks are told; 0 for none.
 */
export function dcganPlayers(
  config: DcganConfig,
  { image, seed }: BuildContext,
  classes: number,
): Record<string, Player> {
  const { generators, discriminators, clip, ema } = config;
  const initialization = config.initialDeviation > 0 ? { normal: config.initialDeviation } : 'glorot';
  const backbone = backbones[config.backbone];
  const common = { image, classes, initialization } as const;
  // The first of several has the run's seed, so that one player is the same whether it is alone or not.
  const seedOf = (k: number) => (k === 0 ? seed : stream(seed, 'player', k).seed());
  const discriminatorOptimizer = optimizerOf(config, config.discriminatorLearningRate || config.learningRate);
  const generatorOptimizer = optimizerOf(config, config.learningRate);
  const players: Record<string, Player> = {};
  for (const [k, name] of numbered('discriminator', discriminators).entries()) {
    players[name] = {
      network: tapped(backbone.discriminator(config, { ...common, seed: seedOf(k) }), 'features'),
      optimizer: discriminatorOptimizer,
      ...(clip > 0 && { constraint: weightClip({ limit: clip }) }),
    };
  }
  for (const [k, name] of numbered('generator', generators).entries()) {
    players[name] = {
      network: backbone.generator(config, { ...common, seed: seedOf(k) }),
      optimizer: generatorOptimizer,
      ...averaged(ema),
    };
  }
  if (generators > 1) {
    const [, features] = players.discriminator!.network.outputs;
    players.classifier = {
      network: withStream(stream(seed, 'init', 'classifier'), () =>
        tf.sequential({
          name: 'classifier',
          layers: [
            tf.layers.dense({
              name: 'generator_id',
              units: generators,
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

function optimizerOf(config: DcganConfig, learningRate: number): Optimizer {
  const rate = decaying(learningRate, config.decayFrom);
  return config.optimizer === 'rmsprop'
    ? rmsProp({ learningRate: rate })
    : // The epsilon of Keras, and so of the tutorial.
      adam({ learningRate: rate, beta1: config.beta1, beta2: config.beta2, epsilon: 1e-7 });
}
