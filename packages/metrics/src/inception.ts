export { featureDistance } from './inception/featureDistance.ts';
export { type InceptionV3, inceptionV3 } from './inception/inceptionV3.ts';
export { inceptionMapShapes } from './inception/mapShapes.ts';
