/** A file of a folder, wherever the folder is: on disk, or chosen in a browser. */
export interface ImageFile {
  /** Relative to the folder, with `/` between names. */
  readonly path: string;
  bytes(): Promise<Uint8Array>;
}

/** The form that every image is brought to. */
export interface ImageForm {
  readonly height: number;
  readonly width: number;
  /** 1 gray (luminance), 3 RGB (transparency shows white), 4 RGBA. */
  readonly channels: 1 | 3 | 4;
  /** `'crop'`: scale until it covers the form, then cut the middle out; `'stretch'`: scale each side on its own. */
  readonly fit: 'crop' | 'stretch';
}

/** Which part of a file is meant: all of it, or one half of a picture that holds a pair side by side. */
export type Region = 'all' | 'left' | 'right';

/**
 * Decodes a file: uint8 [height, width, channels]. Animations give their first frame; orientation tags are applied.
 * Rejects when the file is damaged or cut off, even if a part of it could be shown.
 */
export type DecodeImage = (file: Uint8Array, form: ImageForm, region: Region) => Promise<Uint8Array>;
