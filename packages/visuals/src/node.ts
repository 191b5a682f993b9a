import { createRequire } from 'node:module';
import { Resvg } from '@resvg/resvg-js';

const require = createRequire(import.meta.url);
const FONTS = ['DejaVuSans.ttf', 'DejaVuSans-Bold.ttf'];

/** How to rasterize an SVG. */
export interface SvgToPngOptions {
  /** Pixels per SVG unit. Default 2, which stays sharp on dense screens. */
  readonly scale?: number;
}

/**
 * A PNG file of an SVG document. Text is drawn in DejaVu Sans, which comes along: a machine without fonts gives
 * the same picture.
 *
 * @throws Error (resvg) when `svg` is not an SVG document.
 */
export function svgToPng(svg: string, { scale = 2 }: SvgToPngOptions = {}): Uint8Array {
  const resvg = new Resvg(svg, {
    fitTo: { mode: 'zoom', value: scale },
    font: {
      loadSystemFonts: false,
      fontFiles: FONTS.map((file) => require.resolve(`dejavu-fonts-ttf/ttf/${file}`)),
      defaultFontFamily: 'DejaVu Sans',
      sansSerifFamily: 'DejaVu Sans',
    },
  });
  return resvg.render().asPng();
}
