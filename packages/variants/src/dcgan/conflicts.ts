import { type BuildContext, ConfigError } from '@ganjs/trainer';
import type { DcganConfig } from './config.js';

/** A mix of choices that cannot work, why, and what to do instead. */
interface Conflict {
  readonly when: (config: DcganConfig, context: Pick<BuildContext, 'image'>) => boolean;
  readonly mix: string;
  readonly why: string;
  readonly fix: string;
}

const bounded = ({ discriminator: { weightClip, spectralNorm }, penalty: { kind } }: DcganConfig) =>
  weightClip !== undefined || spectralNorm || kind.endsWith('gradient-penalty');
const single = ({ image }: Pick<BuildContext, 'image'>) => image.height === 1 && image.width === 1;
const mixesSamples = ({ discriminator: { norm, minibatchDiscrimination } }: DcganConfig) =>
  norm === 'batch' || minibatchDiscrimination > 0;
/** Networks whose momentum of batch norm was said, though they have no batch norm. */
const idleMomentum = (network: DcganConfig['generator'] | DcganConfig['discriminator']) =>
  network.backbone === 'dcgan' && network.batchNormMomentum !== undefined && network.norm !== 'batch';

const conflicts: readonly Conflict[] = [
  {
    when: ({ generator, discriminator }, context) =>
      (generator.backbone !== 'mlp' || discriminator.backbone !== 'mlp') && single(context),
    mix: 'a convolutional backbone with points',
    why: 'an image of one pixel has no sides to halve',
    fix: 'set generator.backbone=mlp and discriminator.backbone=mlp',
  },
  {
    when: ({ augmentation }, context) => augmentation.policy !== 'none' && single(context),
    mix: 'augmentation.policy with points',
    why: 'an image of one pixel cannot be shifted, flipped or cut',
    fix: 'set augmentation.policy=none',
  },
  {
    when: ({ generator }) => idleMomentum(generator),
    mix: 'generator.batchNormMomentum without batch norm',
    why: 'there are no statistics to keep',
    fix: 'set generator.norm=batch, or leave it out',
  },
  {
    when: ({ discriminator }) => idleMomentum(discriminator),
    mix: 'discriminator.batchNormMomentum without batch norm',
    why: 'there are no statistics to keep',
    fix: 'set discriminator.norm=batch, or leave it out',
  },
  {
    when: (config) => config.objective.loss === 'wasserstein' && !bounded(config),
    mix: 'objective.loss=wasserstein with an unbounded critic',
    why: 'the distance is defined for critics of slope 1, and without a bound the loss runs away',
    fix: 'set penalty.kind=gradient-penalty, discriminator.weightClip=0.01 or discriminator.spectralNorm=true',
  },
  {
    when: (config) => config.penalty.kind.endsWith('gradient-penalty') && mixesSamples(config),
    mix: 'a gradient penalty with a discriminator that mixes samples',
    why: 'batch norm and minibatch discrimination make each score depend on the whole batch, so the gradient of one sample has no meaning',
    fix: 'set discriminator.norm to layer or none and discriminator.minibatchDiscrimination=0, or penalty.kind=none',
  },
  {
    when: ({ discriminator, penalty }) =>
      discriminator.weightClip !== undefined && penalty.kind.endsWith('gradient-penalty'),
    mix: 'discriminator.weightClip with a gradient penalty',
    why: 'clipped weights cannot reach the slope of 1 that the penalty asks for',
    fix: 'leave out discriminator.weightClip, or set penalty.kind=none',
  },
  {
    when: ({ discriminator }) => discriminator.weightClip !== undefined && discriminator.spectralNorm,
    mix: 'discriminator.weightClip with discriminator.spectralNorm',
    why: 'spectral norm divides by what clipping shrinks, so clipping has no effect',
    fix: 'leave out discriminator.weightClip, or set discriminator.spectralNorm=false',
  },
  {
    when: ({ objective: { realTarget, loss } }) =>
      realTarget < 1 && loss !== 'non-saturating' && loss !== 'minimax',
    mix: 'label smoothing (objective.realTarget below 1) with a loss that has no labels',
    why: 'only the cross-entropy of non-saturating and minimax has a label to smooth',
    fix: 'set objective.realTarget=1',
  },
  {
    when: ({ objective: { flipLabels, loss } }) => flipLabels > 0 && loss === 'wasserstein',
    mix: 'objective.flipLabels with objective.loss=wasserstein',
    why: 'a critic has no labels: exchanged samples only shrink the distance',
    fix: 'set objective.flipLabels=0',
  },
  {
    when: ({ updates, discriminator }) => updates === 'simultaneous' && discriminator.steps > 1,
    mix: 'updates=simultaneous with discriminator.steps above 1',
    why: 'one forward pass is one update of each player',
    fix: 'set updates=alternating or discriminator.steps=1',
  },
  {
    when: ({ updates, generator, discriminator }) =>
      updates === 'simultaneous' && (generator.count > 1 || discriminator.count > 1),
    mix: 'updates=simultaneous with several generators or discriminators',
    why: 'each of several discriminators learns from fakes of its own',
    fix: 'set updates=alternating',
  },
  {
    when: ({ generator, discriminator }) => generator.count > 1 && discriminator.count > 1,
    mix: 'several generators with several discriminators',
    why: 'the classifier that tells the generators apart reads the features of one discriminator',
    fix: 'set one of generator.count and discriminator.count to 1',
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
