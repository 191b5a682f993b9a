export { ShapeError } from '@ganjs/errors';
export { dependsOn } from './dependsOn.js';
export { enableHigherOrderGradients } from './enable.js';
export { gradientDepth } from './engine.js';
export {
  DisconnectedInputError,
  NonScalarObjectiveError,
  NotDifferentiableError,
  UnsupportedEngineError,
} from './errors.js';
export { gradientNorm } from './gradientNorm.js';
export { type Derivative, gradientOf } from './gradientOf.js';
export { hvp, jvp, vjp } from './products.js';
export {
  type Derivatives,
  type Gradient,
  type Operation,
  type Replacement,
  replaceGradients,
} from './replaceGradients.js';
export { untraced } from './untraced.js';
export { type Objective, variableGradients } from './variableGradients.js';
