export { ShapeError } from '@ganjs/errors';
export { type EncoderName, encoders } from './encoders.js';
export { EncoderError } from './errors.js';
export { featureDistance } from './featureDistance.js';
