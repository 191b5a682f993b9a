export { checkFinite, checkFraction, checkOption, checkPositive, checkWhole } from './checks.js';
export { describeTensor } from './describeTensor.js';
export { GanjsError, isGanjsError } from './ganjsError.js';
export { InputError, NonFiniteError, OptionError, ShapeError } from './inputErrors.js';
export { suggestion } from './suggestion.js';
