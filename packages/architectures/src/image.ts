/** The shape of one image: `[height, width, channels]`. */
export interface ImageShape {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
}
