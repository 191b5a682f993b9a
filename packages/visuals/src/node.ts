import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { VisualsError } from './errors.js';

const require = createRequire(import.meta.url);
const RESVG = '@resvg/resvg-js';
const FONTS = ['DejaVuSans.ttf', 'DejaVuSans-Bold.ttf'];

/** How to rasterize an SVG. */
export interface SvgToPngOptions {
  /** Pixels per SVG unit. Default 2, which stays sharp on dense screens. */
  readonly scale?: number;
}

/**
 * A PNG file of an SVG document. Text is drawn in DejaVu Sans, which comes along: a machine without fonts gives
 * the same picture. Its characters are the Latin, Greek and Cyrillic ones, and signs of mathematics. Needs the optional
 * package `@resvg/resvg-js`.
 *
 * @throws VisualsError when that is not installed; Error (resvg) when `svg` is not an SVG document.
 */
export function svgToPng(svg: string, { scale = 2 }: SvgToPngOptions = {}): Uint8Array {
  const library = resvgIfInstalled();
  if (!library) {
    throw new VisualsError(
      RESVG,
      'not installed',
      'there, to draw an SVG',
      'Run `npm install @resvg/resvg-js`.',
    );
  }
  const resvg = new library.Resvg(svg, {
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

/** `svgToPng`, where the package that it needs is installed. */
export function svgToPngIfInstalled(): typeof svgToPng | undefined {
  return resvgIfInstalled() && svgToPng;
}

/** Native code, which most programs never need: loaded when a picture is drawn. */
function resvgIfInstalled(): typeof import('@resvg/resvg-js') | undefined {
  try {
    return require(RESVG) as typeof import('@resvg/resvg-js');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'MODULE_NOT_FOUND') return undefined;
    throw error;
  }
}
