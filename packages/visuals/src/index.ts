export type { Point } from './curves.js';
export { VisualsError } from './error.js';
export { encodeGif, type GifOptions } from './gif.js';
export { type GridOptions, imageGrid } from './imageGrid.js';
export { type CurveOptions, lossCurves } from './lossCurves.js';
export { type BatchShape, type Pixels, toPixels } from './pixels.js';
export { decodePng, encodePng } from './png.js';
export { type CloudOptions, pointClouds } from './pointClouds.js';
export type { Series } from './svgChart.js';
