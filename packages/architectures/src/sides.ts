import type { ImageShape } from '@ganjs/datasets';
import { ArchitectureError } from './errors.js';

/** @throws ArchitectureError when what is given and what comes out differ in height or width. */
export function checkSameSides(network: string, source: ImageShape, image: ImageShape): void {
  if (source.height !== image.height || source.width !== image.width) {
    throw new ArchitectureError(
      `@ganjs/architectures: ${network}: source ${source.height}x${source.width} and image ` +
        `${image.height}x${image.width}, expected the same sides: resize one of them`,
    );
  }
}
