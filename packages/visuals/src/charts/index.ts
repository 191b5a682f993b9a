export { VisualsError } from '../errors.js';
export type { Series } from './chart.js';
export type { Point } from './curves.js';
export { type CurveOptions, lossCurves } from './lossCurves.js';
export { type CloudOptions, pointClouds } from './pointClouds.js';
