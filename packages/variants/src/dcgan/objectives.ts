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
import type { Random } from '@ganjs/trainer';
import type * as tf from '@tensorflow/tfjs';
import type { DcganConfig } from './config.js';

type Objective = DcganConfig['objective'];

/** The adversarial losses by their names: `objective.loss`. */
export const adversarialLosses: Readonly<
  Record<Objective['loss'], (objective: Pick<Objective, 'realTarget'>) => AdversarialLoss>
> = {
  'non-saturating': nonSaturating,
  minimax,
  'least-squares': () => leastSquares(),
  hinge: () => hinge,
  wasserstein: () => wasserstein,
  'relativistic-average': () => relativisticAverage(nonSaturating()),
};

/** A penalty at the images of one move. */
type Penalty = (critic: Critic, real: tf.Tensor4D, fake: tf.Tensor4D, random: Random) => tf.Scalar;

/** The penalties by their names: `penalty.kind`. */
export const penalties: Readonly<Record<Exclude<DcganConfig['penalty']['kind'], 'none'>, Penalty>> = {
  'gradient-penalty': (critic, real, fake, random) =>
    gradientPenalty(critic, interpolate(real, fake, random.uniform([real.shape[0]]))),
  'one-sided-gradient-penalty': (critic, real, fake, random) =>
    oneSidedGradientPenalty(critic, interpolate(real, fake, random.uniform([real.shape[0]]))),
  dragan: (critic, real, _, random) =>
    dragan(critic, real, random.uniform(real.shape), random.uniform([real.shape[0]])),
  r1: (critic, real) => r1(critic, real),
  r2: (critic, _, fake) => r2(critic, fake),
};
