import { type Checkpoint, CheckpointError, decodeCheckpoint, encodeCheckpoint } from '@ganjs/trainer';
import { decodePng, encodeGif, encodePng, type Pixels } from '@ganjs/visuals';
import { RunError } from './errors.js';
import { LossHistory } from './lossHistory.js';
import { parseRecord, type RunRecord } from './record.js';
import { plainEvent, type RunEvent } from './runEvent.js';
import type { RunStorage } from './runStorage.js';

/** Checkpoints kept: the last ones. */
const KEEP = 2;

const RECORD = 'config.json';
const EVENTS = 'events.jsonl';

/** The files of one run, by what they mean. */
export class RunFiles {
  readonly storage: RunStorage;

  constructor(storage: RunStorage) {
    this.storage = storage;
  }

  /** @throws RunError when there is none, or it is damaged. */
  async readRecord(): Promise<RunRecord> {
    const { location } = this.storage;
    const bytes = await this.storage.read(RECORD);
    if (!bytes) throw new RunError(`${location} holds no run: it has no ${RECORD}.`);
    return parseRecord(`${location}/${RECORD}`, text(bytes));
  }

  writeRecord(record: RunRecord): Promise<void> {
    return this.writeJson(RECORD, record);
  }

  async writeJson(name: string, value: object): Promise<void> {
    await this.storage.write(name, `${JSON.stringify(value, null, 2)}\n`);
  }

  async appendEvent(event: RunEvent): Promise<void> {
    await this.storage.append(EVENTS, `${JSON.stringify(plainEvent(event))}\n`);
  }

  /** Drops the events and samples after a step: a run that goes on makes them anew. */
  async forgetAfter(step: number): Promise<void> {
    const kept = (await this.#eventLines()).filter((line) => stepOf(line) <= step);
    await this.storage.write(EVENTS, kept.map((line) => `${line}\n`).join(''));
    const samples = (await this.#numbered('samples', 'png')).filter(
      (name) => name > numbered('samples', step, 'png'),
    );
    await Promise.all(samples.map((name) => this.storage.remove(name)));
  }

  /** @returns the file's name. */
  async writeSample(step: number, picture: Pixels): Promise<string> {
    const name = numbered('samples', step, 'png');
    await this.storage.write(name, encodePng(picture));
    return name;
  }

  /** Writes a checkpoint and removes the older ones. @returns the file's name. */
  async writeCheckpoint(checkpoint: Checkpoint): Promise<string> {
    const name = numbered('checkpoints', checkpoint.step, 'safetensors');
    await this.storage.write(name, encodeCheckpoint(checkpoint));
    const names = await this.#numbered('checkpoints', 'safetensors');
    await Promise.all(names.slice(0, -KEEP).map((old) => this.storage.remove(old)));
    return name;
  }

  /** The last checkpoint; undefined when there is none. @throws RunError when it is damaged. */
  async readCheckpoint(): Promise<Checkpoint | undefined> {
    const name = (await this.#numbered('checkpoints', 'safetensors')).at(-1);
    const bytes = name === undefined ? undefined : await this.storage.read(name);
    if (!bytes) return undefined;
    try {
      return decodeCheckpoint(bytes);
    } catch (error) {
      if (!(error instanceof CheckpointError)) throw error;
      throw new RunError(`${this.storage.location}/${name} is damaged: ${error.message}`, { cause: error });
    }
  }

  /** The losses of all steps so far. */
  async readLosses(): Promise<LossHistory> {
    const history = new LossHistory();
    for (const line of await this.#eventLines()) {
      const event = JSON.parse(line) as RunEvent;
      if (event.type === 'step') history.add(event.step, event.losses);
    }
    return history;
  }

  /** Draws the loss curves. @returns the SVG; undefined before the first step. */
  async writeCurves(losses: LossHistory, title: string): Promise<string | undefined> {
    const series = losses.series();
    if (series.length === 0) return undefined;
    // Loaded late, as the animation is: a page draws them when there is something to draw.
    const { lossCurves } = await import('@ganjs/visuals/charts');
    const svg = lossCurves(series, { title });
    await this.storage.write('losses.svg', svg);
    return svg;
  }

  /** Puts the samples together: `progress.gif`, and the last one as `final.png`. */
  async writeFinal(): Promise<void> {
    const names = await this.#numbered('samples', 'png');
    const images = await Promise.all(names.map((name) => this.storage.read(name)));
    const frames = images.filter((png) => png !== undefined);
    const last = frames.at(-1);
    if (!last) return;
    await this.storage.write('progress.gif', encodeGif(frames.map((png) => decodePng(png))));
    await this.storage.write('final.png', last);
  }

  async writePicture(name: string, picture: Pixels): Promise<void> {
    await this.storage.write(`${name}.png`, encodePng(picture));
  }

  async #eventLines(): Promise<string[]> {
    const bytes = await this.storage.read(EVENTS);
    return bytes ? text(bytes).split('\n').filter(Boolean) : [];
  }

  /** The files of a kind, in the order of their steps. */
  async #numbered(folder: string, ending: string): Promise<string[]> {
    const names = await this.storage.list(`${folder}/step-`);
    return names.filter((name) => name.endsWith(`.${ending}`));
  }
}

function numbered(folder: string, step: number, ending: string): string {
  return `${folder}/step-${String(step).padStart(7, '0')}.${ending}`;
}

const stepOf = (line: string) => (JSON.parse(line) as { step?: number }).step ?? 0;

function text(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}
