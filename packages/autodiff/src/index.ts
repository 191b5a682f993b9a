export { enableHigherOrderGradients } from './enable.js';
export { DisconnectedInputError, NotDifferentiableError, UnsupportedEngineError } from './errors.js';
export { gradientNorm } from './gradientNorm.js';
export { type Derivative, gradientOf } from './gradientOf.js';
export { hvp, jvp, vjp } from './products.js';
