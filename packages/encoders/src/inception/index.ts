export { inceptionIfInstalled } from './inceptionIfInstalled.js';
export { type ImageFeatures, type InceptionV3, inceptionV3 } from './inceptionV3.js';
export { inceptionMapShapes } from './mapShapes.js';
