import { createReadStream, existsSync } from 'node:fs';
import { appendFile, mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type Checkpoint, CheckpointError, decodeCheckpoint, encodeCheckpoint } from '@ganjs/trainer';
import { decodePng, encodeGif, encodePng, type Pixels } from '@ganjs/visuals';
import { lossCurves, type Point } from '@ganjs/visuals/charts';
import { svgToPng } from '@ganjs/visuals/node';
import writeFileAtomic from 'write-file-atomic';
import * as z from 'zod';
import type { DataInfo } from './data/request.js';
import type { RunEvent } from './progress.js';
import { runSettingsSchema } from './runSettings.js';
import { UsageError } from './usageError.js';

const shapeSchema = z.object({ height: z.number(), width: z.number(), channels: z.number() });

/** What the data of a run tells of itself, so that its networks can be built without it. */
const infoSchema = z.object({
  image: shapeSchema,
  classes: z.array(z.string()).default([]),
  source: shapeSchema.optional(),
  paired: z.boolean().optional(),
  captioned: z.boolean().optional(),
  embedding: z.number().optional(),
});

/** The file `config.json`: the run's settings, what its data told of itself, and the versions that made it. */
const runConfigSchema = z.object({
  ...runSettingsSchema.shape,
  ...infoSchema.shape,
  versions: z.record(z.string(), z.string()),
});

export type RunConfig = z.output<typeof runConfigSchema>;

/** The part of a run's configuration that comes from what its data tells of itself. */
export function describeInfo(info: DataInfo): z.output<typeof infoSchema> {
  return infoSchema.parse(info);
}

/** What the data told of itself when the run began. */
export function infoOfRun(config: RunConfig): DataInfo {
  const { classes, ...info } = infoSchema.parse(config);
  return { name: config.data, size: 0, ...info, ...(classes.length > 0 && { classes }) };
}

/** Checkpoints kept: the last ones. */
const KEEP = 2;

/** The folder of one run. Files are replaced whole or not at all. */
export class RunFolder {
  readonly path: string;

  /** The topmost folder that was made for it; undefined when its folder was there. */
  readonly #made: string | undefined;

  private constructor(path: string, made?: string) {
    this.path = path;
    this.#made = made;
  }

  /**
   * Makes the folder of a new run: `out`, or `runs/<name>` with a number when that is taken.
   *
   * @throws UsageError when it cannot be made, or holds files already.
   */
  static async create(out: string | undefined, name: string, config: RunConfig): Promise<RunFolder> {
    let path = out ?? join('runs', name);
    for (let i = 2; out === undefined && existsSync(path); i++) path = join('runs', `${name}-${i}`);
    if (existsSync(path) && (await readdir(path).catch(() => ['?'])).length > 0) {
      throw new UsageError(`--out ${path} exists and is not an empty folder: name another one.`);
    }
    const made = await mkdir(path, { recursive: true }).catch((error: Error) => {
      throw new UsageError(`The run's folder ${path} cannot be made: ${error.message}`, { cause: error });
    });
    const folder = new RunFolder(path, made);
    try {
      await mkdir(join(path, 'samples'));
      await mkdir(join(path, 'checkpoints'));
      await folder.#write('config.json', `${JSON.stringify(config, null, 2)}\n`);
    } catch (error) {
      await folder.remove();
      throw new UsageError(`The run's folder ${path} cannot be written: ${(error as Error).message}`, {
        cause: error,
      });
    }
    return folder;
  }

  /** Opens the folder of an earlier run. @throws UsageError when it is none, naming what is missing or wrong. */
  static async open(path: string): Promise<{ folder: RunFolder; config: RunConfig }> {
    const file = join(path, 'config.json');
    let values: unknown;
    try {
      values = JSON.parse(await readFile(file, 'utf8'));
    } catch (error) {
      const why =
        (error as NodeJS.ErrnoException).code === 'ENOENT'
          ? 'it has no config.json'
          : (error as Error).message;
      throw new UsageError(`${path} is not a run's folder: ${why}. \`gan train\` makes one.`, {
        cause: error,
      });
    }
    const result = runConfigSchema.safeParse(values);
    if (!result.success) throw new UsageError(`${file} is damaged:\n${z.prettifyError(result.error)}`);
    return { folder: new RunFolder(path), config: result.data };
  }

  /** Removes what was made: for a run that did not reach its first step. A folder that was there stays, empty. */
  async remove(): Promise<void> {
    const made = this.#made ? [this.#made] : (await readdir(this.path)).map((name) => join(this.path, name));
    await Promise.all(made.map((path) => rm(path, { recursive: true, force: true })));
  }

  /** Drops the events and samples after a step: a resumed run makes them anew. */
  async forgetAfter(step: number): Promise<void> {
    const file = join(this.path, 'events.jsonl');
    const lines = (await readFile(file, 'utf8')).split('\n').filter((line) => line !== '');
    const kept = lines.filter((line) => ((JSON.parse(line) as { step?: number }).step ?? 0) <= step);
    await this.#write('events.jsonl', kept.map((line) => `${line}\n`).join(''));
    const samples = (await this.#files('samples', '.png')).filter((name) => name > `${numbered(step)}.png`);
    await Promise.all(samples.map((name) => rm(join(this.path, 'samples', name))));
  }

  async appendEvent(event: object): Promise<void> {
    await appendFile(join(this.path, 'events.jsonl'), `${JSON.stringify(event)}\n`);
  }

  /** @returns the file's path inside the folder. */
  async writeSample(step: number, grid: Pixels): Promise<string> {
    return this.#write(join('samples', `${numbered(step)}.png`), encodePng(grid));
  }

  /** Writes a checkpoint and removes the older ones. @returns the file's path inside the folder. */
  async writeCheckpoint(checkpoint: Checkpoint): Promise<string> {
    const written = await this.#write(
      join('checkpoints', `${numbered(checkpoint.step)}.safetensors`),
      encodeCheckpoint(checkpoint),
    );
    const files = await this.#files('checkpoints', '.safetensors');
    await Promise.all(files.slice(0, -KEEP).map((file) => rm(join(this.path, 'checkpoints', file))));
    return written;
  }

  /** The last checkpoint. @throws UsageError when there is none or it is damaged. */
  async readCheckpoint(): Promise<Checkpoint> {
    const file = (await this.#files('checkpoints', '.safetensors')).at(-1);
    if (file === undefined)
      throw new UsageError(`${this.path} has no checkpoint: its training ended before the first one.`);
    try {
      return decodeCheckpoint(await readFile(join(this.path, 'checkpoints', file)));
    } catch (error) {
      if (!(error instanceof CheckpointError)) throw error;
      throw new UsageError(`${join(this.path, 'checkpoints', file)} is damaged: ${error.message}`, {
        cause: error,
      });
    }
  }

  /** Draws the loss curves of all steps so far: `losses.svg` and `losses.png`. */
  async writeCurves(title: string): Promise<void> {
    const points = new Map<string, Point[]>();
    const lines = createInterface({ input: createReadStream(join(this.path, 'events.jsonl')) });
    for await (const line of lines) {
      const event = JSON.parse(line) as RunEvent;
      if (event.type !== 'step') continue;
      for (const { move, term, value: y } of event.losses) {
        const name = `${move}/${term}`;
        const series = points.get(name) ?? [];
        series.push({ x: event.step, y });
        points.set(name, series);
      }
    }
    if (points.size === 0) return;
    const svg = lossCurves(
      [...points].map(([name, series]) => ({ name, points: series })),
      { title },
    );
    await this.#write('losses.svg', svg);
    await this.#write('losses.png', svgToPng(svg));
  }

  /** Puts the samples together: `progress.gif`, and the last one as `final.png`. */
  async writeFinal(): Promise<void> {
    const files = await this.#files('samples', '.png');
    const images = await Promise.all(files.map((file) => readFile(join(this.path, 'samples', file))));
    const last = images.at(-1);
    if (!last) return;
    await this.#write('progress.gif', encodeGif(images.map((png) => decodePng(png))));
    await this.#write('final.png', last);
  }

  /** Draws a further picture: `<name>.png`. */
  async writePicture(name: string, picture: Pixels): Promise<void> {
    await this.#write(`${name}.png`, encodePng(picture));
  }

  async writeText(name: string, text: string): Promise<void> {
    await this.#write(name, text);
  }

  async writeJson(name: string, value: object): Promise<void> {
    await this.#write(name, `${JSON.stringify(value, null, 2)}\n`);
  }

  async #write(name: string, content: string | Uint8Array): Promise<string> {
    await writeFileAtomic(
      join(this.path, name),
      typeof content === 'string' ? content : Buffer.from(content),
    );
    return name;
  }

  /** The files of a folder that end so, in the order of their steps. */
  async #files(folder: string, ending: string): Promise<string[]> {
    const files = await readdir(join(this.path, folder)).catch(() => []);
    return files.filter((file) => /^step-\d+\./.test(file) && file.endsWith(ending)).sort();
  }
}

function numbered(step: number): string {
  return `step-${String(step).padStart(7, '0')}`;
}
