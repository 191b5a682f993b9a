import { decode } from 'fast-png';
import { describe, expect, it } from 'vitest';
import { svgToPng, svgToPngIfInstalled } from './node.js';

describe('svgToPng', () => {
  const text = (content: string) =>
    `<svg xmlns="http://www.w3.org/2000/svg" width="80" height="20"><rect width="80" height="20" fill="#fff"/>` +
    `<text x="2" y="15" font-family="'DejaVu Sans', sans-serif">${content}</text></svg>`;
  const darkPixels = (png: Uint8Array) => {
    const { data, channels } = decode(png);
    return data.filter((value, i) => i % channels === 0 && value < 128).length;
  };

  it('draws text with the fonts it brings', () => {
    expect(darkPixels(svgToPng(text('')))).toBe(0);
    expect(darkPixels(svgToPng(text('loss')))).toBeGreaterThan(50);
    expect(svgToPng(text('loss'))).not.toEqual(svgToPng(text('1055')));
    const missing = svgToPng(text('\u{1F600}'));
    for (const sign of ['\u2501', '\u25cf', '\u2212', '\u00b5', 'é', 'λ', 'Ж']) {
      expect(darkPixels(svgToPng(text(sign))), sign).toBeGreaterThan(0);
      expect(svgToPng(text(sign)), sign).not.toEqual(missing);
    }
  });

  it('is there where its package is', () => {
    expect(svgToPngIfInstalled()).toBe(svgToPng);
  });

  it('scales', () => {
    expect(decode(svgToPng(text('a')))).toMatchObject({ width: 160, height: 40 });
    expect(decode(svgToPng(text('a'), { scale: 1 }))).toMatchObject({ width: 80, height: 20 });
  });

  it('refuses what is not SVG', () => {
    expect(() => svgToPng('hello')).toThrow();
  });
});
