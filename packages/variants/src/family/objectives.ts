import {
  type AdversarialLoss,
  type Critic,
  dragan,
  gradientPenalty,
  hinge,
  interpolate,
  leastSquares,
  minimax,
  nonSaturating,
  oneSidedGradientPenalty,
  r1,
  r2,
  relativisticAverage,
  wasserstein,
} from '@ganjs/losses';
import type { Draw } from '@ganjs/trainer';
import type * as tf from '@tensorflow/tfjs';
import type { FamilyConfig } from './config.js';

/** The adversarial losses by the name that `--set loss=` takes. */
export const adversarialLosses: Readonly<
  Record<FamilyConfig['loss'], (config: Pick<FamilyConfig, 'realTarget'>) => AdversarialLoss>
> = {
  'non-saturating': nonSaturating,
  minimax,
  'least-squares': () => leastSquares(),
  hinge: () => hinge,
  wasserstein: () => wasserstein,
  'relativistic-average': () => relativisticAverage(nonSaturating()),
};

/** A penalty at the images of one move. */
type Penalty = (critic: Critic, real: tf.Tensor4D, fake: tf.Tensor4D, draw: Draw) => tf.Scalar;

/** The penalties by the name that `--set penalty=` takes. */
export const penalties: Readonly<Record<Exclude<FamilyConfig['penalty'], 'none'>, Penalty>> = {
  'gradient-penalty': (critic, real, fake, draw) =>
    gradientPenalty(critic, interpolate(real, fake, draw.uniform([real.shape[0]]))),
  'one-sided-gradient-penalty': (critic, real, fake, draw) =>
    oneSidedGradientPenalty(critic, interpolate(real, fake, draw.uniform([real.shape[0]]))),
  dragan: (critic, real, _, draw) =>
    dragan(critic, real, draw.uniform(real.shape), draw.uniform([real.shape[0]])),
  r1: (critic, real) => r1(critic, real),
  r2: (critic, _, fake) => r2(critic, fake),
};
