/**
 * Where one run keeps its files, by names such as `config.json` and `samples/step-0000100.png`. A port: a folder
 * (`folderStorage` of `@ganjs/runs/node`), a browser (`browserStorage` of `@ganjs/runs/browser`), memory, or anything
 * else that keeps these promises.
 */
export interface RunStorage {
  /** Where it is, as messages name it. */
  readonly location: string;
  /** A file's bytes; undefined where there is none. */
  read(name: string): Promise<Uint8Array | undefined>;
  /** Writes a file, whole or not at all, in place of what it held. */
  write(name: string, content: Uint8Array | string): Promise<void>;
  /** Adds text to the end of a file, which it makes where there is none. */
  append(name: string, text: string): Promise<void>;
  /** The names of all files that begin so, sorted. */
  list(prefix: string): Promise<string[]>;
  /** Removes a file, if it is there. */
  remove(name: string): Promise<void>;
}
