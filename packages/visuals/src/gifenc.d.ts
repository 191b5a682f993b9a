/** The part of gifenc 1.0.3 that is used here; the package ships no types. */
declare module 'gifenc' {
  /** Colours as [red, green, blue] bytes. */
  type Palette = number[][];

  interface FrameOptions {
    palette?: Palette;
    /** Milliseconds. */
    delay?: number;
    /** -1 once, 0 forever, otherwise how many times. Read from the first frame. */
    repeat?: number;
  }

  interface Encoder {
    writeFrame(index: Uint8Array, width: number, height: number, options?: FrameOptions): void;
    finish(): void;
    bytes(): Uint8Array;
  }

  interface Gifenc {
    GIFEncoder(): Encoder;
    quantize(rgba: Uint8Array, maxColors: number): Palette;
    applyPalette(rgba: Uint8Array, palette: Palette): Uint8Array;
  }

  /** In Node the package is CommonJS, so its exports lie here; bundlers take its ES module, with named exports. */
  const whole: Gifenc | undefined;
  export default whole;
}
