export { VisualsError } from './errors.js';
export { encodeGif, type GifOptions } from './gif.js';
export { type GridOptions, imageGrid } from './imageGrid.js';
export { type BatchShape, type Pixels, toPixels } from './pixels.js';
export { decodePng, encodePng } from './png.js';
export { type PointCloud, type PointImageOptions, pointImage } from './pointImage.js';
