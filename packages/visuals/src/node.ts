import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const require = createRequire(import.meta.url);
const FONTS = ['DejaVuSans.ttf', 'DejaVuSans-Bold.ttf'];

/** How to rasterize an SVG. */
export interface SvgToPngOptions {
  /** Pixels per SVG unit. Default 2, which stays sharp on dense screens. */
  readonly scale?: number;
}

/**
 * A PNG file of an SVG document. Text is drawn in DejaVu Sans, which comes along: a machine without fonts gives
 * the same picture. Its characters are the Latin, Greek and Cyrillic ones, and signs of mathematics.
 *
 * @throws Error (resvg) when `svg` is not an SVG document.
 */
export function svgToPng(svg: string, { scale = 2 }: SvgToPngOptions = {}): Uint8Array {
  // Native code, which most programs that import this never need: loaded when a picture is drawn.
  const { Resvg } = require('@resvg/resvg-js') as typeof import('@resvg/resvg-js');
  const resvg = new Resvg(svg, {
    fitTo: { mode: 'zoom', value: scale },
    font: {
      loadSystemFonts: false,
      fontFiles: FONTS.map((file) => fileURLToPath(new URL(`../fonts/${file}`, import.meta.url))),
      defaultFontFamily: 'DejaVu Sans',
      sansSerifFamily: 'DejaVu Sans',
    },
  });
  return resvg.render().asPng();
}
