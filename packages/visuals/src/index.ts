export type { Point } from './curves.js';
export { VisualsError } from './error.js';
export { encodeGif, type GifOptions } from './gif.js';
export { type GridOptions, imageGrid } from './imageGrid.js';
export { type CurveOptions, lossCurves, type Series } from './lossCurves.js';
export { type BatchShape, type Pixels, toPixels } from './pixels.js';
export { encodePng } from './png.js';
