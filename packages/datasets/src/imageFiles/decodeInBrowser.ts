import type { DecodeImage } from './decode.js';

/**
 * Decodes with the browser: `createImageBitmap` and an `OffscreenCanvas`, in a page or in a worker. Each browser resamples
 * in its own way, so values may differ by a little between browsers, and from Node.
 */
export const decodeInBrowser: DecodeImage = async (file, { height, width, channels, fit }, region) => {
  const image = await createImageBitmap(new Blob([file as Uint8Array<ArrayBuffer>]), {
    imageOrientation: 'from-image',
  });
  try {
    const half = Math.floor(image.width / 2);
    const area =
      region === 'all'
        ? { left: 0, width: image.width }
        : { left: region === 'left' ? 0 : image.width - half, width: half };
    // What of the area is shown: all of it, or the largest part in the middle that has the form's proportions.
    const scale = fit === 'crop' ? Math.min(area.width / width, image.height / height) : undefined;
    const shown = {
      width: scale === undefined ? area.width : width * scale,
      height: scale === undefined ? image.height : height * scale,
    };
    const left = area.left + (area.width - shown.width) / 2;
    const top = (image.height - shown.height) / 2;

    const canvas = new OffscreenCanvas(width, height).getContext('2d')!;
    if (channels !== 4) {
      canvas.fillStyle = '#fff';
      canvas.fillRect(0, 0, width, height);
    }
    canvas.imageSmoothingQuality = 'high';
    canvas.drawImage(image, left, top, shown.width, shown.height, 0, 0, width, height);
    return fromRgba(canvas.getImageData(0, 0, width, height).data, channels);
  } finally {
    image.close();
  }
};

/** RGBA bytes with as many channels as asked for. */
function fromRgba(rgba: Uint8ClampedArray, channels: 1 | 3 | 4): Uint8Array {
  if (channels === 4) return new Uint8Array(rgba);
  const bytes = new Uint8Array((rgba.length / 4) * channels);
  for (let i = 0; i < rgba.length / 4; i++) {
    const [red, green, blue] = rgba.subarray(4 * i, 4 * i + 3) as unknown as [number, number, number];
    if (channels === 3) bytes.set([red, green, blue], 3 * i);
    else bytes[i] = luminance(red, green, blue);
  }
  return bytes;
}

/** The sRGB byte of the luminance of an sRGB colour: 0.2126 R + 0.7152 G + 0.0722 B in linear light (IEC 61966-2-1). */
function luminance(red: number, green: number, blue: number): number {
  const linear = (byte: number) => {
    const x = byte / 255;
    return x <= 0.04045 ? x / 12.92 : ((x + 0.055) / 1.055) ** 2.4;
  };
  const y = 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
  return Math.round(255 * (y <= 0.0031308 ? 12.92 * y : 1.055 * y ** (1 / 2.4) - 0.055));
}
