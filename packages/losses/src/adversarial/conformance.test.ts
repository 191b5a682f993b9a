import { testLoss } from '@ganjs/testkit';
import {
  energyBased,
  hinge,
  leastSquares,
  minimax,
  nonSaturating,
  relativistic,
  relativisticAverage,
  wasserstein,
} from '../index.js';

for (const loss of [
  nonSaturating(),
  nonSaturating({ realTarget: 0.9 }),
  minimax(),
  leastSquares(),
  hinge,
  wasserstein,
  energyBased({ margin: 10 }),
  relativistic(nonSaturating()),
  relativisticAverage(nonSaturating()),
  relativisticAverage(hinge),
]) {
  testLoss(loss);
}
