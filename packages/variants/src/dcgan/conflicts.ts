import { type BuildContext, ConfigError } from '@ganjs/trainer';
import type { DcganConfig } from './config.js';

/** A mix of choices that cannot work, why, and what to do instead. */
interface Conflict {
  readonly when: (config: DcganConfig, context: Pick<BuildContext, 'image'>) => boolean;
  readonly mix: string;
  readonly why: string;
  readonly fix: string;
}

const bounded = ({ clip, penalty, spectralNorm }: DcganConfig) =>
  clip > 0 || spectralNorm || penalty.endsWith('gradient-penalty');
const single = ({ image }: Pick<BuildContext, 'image'>) => image.height === 1 && image.width === 1;
const mixesSamples = ({ discriminatorNorm, minibatchDiscrimination }: DcganConfig) =>
  discriminatorNorm === 'batch' || minibatchDiscrimination > 0;

const conflicts: readonly Conflict[] = [
  {
    when: (config, context) => config.backbone !== 'mlp' && single(context),
    mix: 'a convolutional backbone with points',
    why: 'an image of one pixel has no sides to halve',
    fix: 'set backbone=mlp',
  },
  {
    when: (config, context) => config.augment !== 'none' && single(context),
    mix: 'augment with points',
    why: 'an image of one pixel cannot be shifted, flipped or cut',
    fix: 'set augment=none',
  },
  {
    when: ({ backbone, discriminatorNorm }) => backbone === 'mlp' && discriminatorNorm === 'instance',
    mix: 'backbone=mlp with discriminatorNorm=instance',
    why: 'dense layers have no pixels to normalize over',
    fix: 'set discriminatorNorm to layer, batch or none',
  },
  {
    when: ({ backbone, discriminatorNorm }) =>
      backbone === 'resnet' && (discriminatorNorm === 'batch' || discriminatorNorm === 'instance'),
    mix: 'backbone=resnet with discriminatorNorm=batch or instance',
    why: 'its residual blocks are made for critics, whose samples must not mix',
    fix: 'set discriminatorNorm to layer or none',
  },
  {
    when: (config) => config.loss === 'wasserstein' && !bounded(config),
    mix: 'loss=wasserstein with an unbounded critic',
    why: 'the distance is defined for critics of slope 1, and without a bound the loss runs away',
    fix: 'set penalty=gradient-penalty, clip=0.01 or spectralNorm=true',
  },
  {
    when: (config) => config.penalty.endsWith('gradient-penalty') && mixesSamples(config),
    mix: 'a gradient penalty with a discriminator that mixes samples',
    why: 'batch norm and minibatch discrimination make each score depend on the whole batch, so the gradient of one sample has no meaning',
    fix: 'set discriminatorNorm to layer or none and minibatchDiscrimination=0, or penalty=none',
  },
  {
    when: ({ penalty, penaltyEvery }) => penalty === 'none' && penaltyEvery > 1,
    mix: 'penaltyEvery without a penalty',
    why: 'there is nothing to be lazy with',
    fix: 'set a penalty, or penaltyEvery=1',
  },
  {
    when: ({ clip, penalty }) => clip > 0 && penalty.endsWith('gradient-penalty'),
    mix: 'clip with a gradient penalty',
    why: 'clipped weights cannot reach the slope of 1 that the penalty asks for',
    fix: 'set clip=0 or penalty=none',
  },
  {
    when: ({ clip, spectralNorm }) => clip > 0 && spectralNorm,
    mix: 'clip with spectralNorm',
    why: 'spectral norm divides by what clipping shrinks, so clipping has no effect',
    fix: 'set clip=0 or spectralNorm=false',
  },
  {
    when: ({ realTarget, loss }) => realTarget < 1 && loss !== 'non-saturating' && loss !== 'minimax',
    mix: 'label smoothing (realTarget below 1) with a loss that has no labels',
    why: 'only the cross-entropy of non-saturating and minimax has a label to smooth',
    fix: 'set realTarget=1',
  },
  {
    when: ({ flipLabels, loss }) => flipLabels > 0 && loss === 'wasserstein',
    mix: 'flipLabels with loss=wasserstein',
    why: 'a critic has no labels: exchanged samples only shrink the distance',
    fix: 'set flipLabels=0',
  },
  {
    when: ({ updates, discriminatorSteps }) => updates === 'simultaneous' && discriminatorSteps > 1,
    mix: 'updates=simultaneous with discriminatorSteps above 1',
    why: 'one forward pass is one update of each player',
    fix: 'set updates=alternating or discriminatorSteps=1',
  },
  {
    when: ({ updates, generators, discriminators }) =>
      updates === 'simultaneous' && (generators > 1 || discriminators > 1),
    mix: 'updates=simultaneous with several generators or discriminators',
    why: 'each of several discriminators learns from fakes of its own',
    fix: 'set updates=alternating',
  },
  {
    when: ({ generators, discriminators }) => generators > 1 && discriminators > 1,
    mix: 'several generators with several discriminators',
    why: 'the classifier that tells the generators apart reads the features of one discriminator',
    fix: 'set one of them to 1',
  },
];

/** @throws ConfigError for a mix that cannot work, with the reason and the fix; nothing has been built by then. */
export function refuseConflicts(
  variant: string,
  config: DcganConfig,
  context: Pick<BuildContext, 'image'>,
): void {
  const conflict = conflicts.find(({ when }) => when(config, context));
  if (!conflict) return;
  const { mix, why, fix } = conflict;
  throw new ConfigError(`${variant} cannot be configured with ${mix}: ${why}; ${fix}.`);
}
