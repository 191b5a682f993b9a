import { plainEvent, type RunEvent } from '@ganjs/runs';
import logUpdate from 'log-update';
import pc from 'picocolors';

/** Tells a person, or a program, how a run goes. */
export interface Progress {
  show(event: RunEvent): void;
}

/** The display that suits where the output goes. */
export function progressFor(json: boolean | undefined): Progress {
  if (json) return jsonProgress();
  return process.stdout.isTTY ? liveProgress() : plainProgress();
}

/** One JSON object a line on standard output: `--json`. */
function jsonProgress(): Progress {
  return { show: (event) => console.log(JSON.stringify(plainEvent(event))) };
}

/** A few lines that renew themselves, for a terminal. */
function liveProgress(): Progress {
  const pace = new Pace();
  return {
    show(event) {
      pace.take(event);
      if (event.type === 'step') logUpdate(`${bar(pace.share)} ${pace.position()}\n${pc.dim(pace.losses())}`);
      if (event.type === 'done') logUpdate.done();
    },
  };
}

/** A line now and then, for a log. */
function plainProgress(everySeconds = 10): Progress {
  const pace = new Pace();
  let told = 0;
  return {
    show(event) {
      pace.take(event);
      if (event.type === 'sample') console.log(`  ${event.file}`);
      if (event.type !== 'step') return;
      const now = performance.now() / 1000;
      if (now - told < everySeconds && event.step > 1) return;
      told = now;
      console.log(`${pace.position()}  ${pace.losses()}`);
    },
  };
}

/** Smoothed figures of a run. */
class Pace {
  share = 0;
  #steps = 0;
  #step: Extract<RunEvent, { type: 'step' }> | undefined;
  #epochs = 0;
  #seconds: number | undefined;
  readonly #losses = new Map<string, number>();

  take(event: RunEvent): void {
    if (event.type === 'start') {
      this.#steps = event.steps;
      this.#epochs = Math.ceil(event.steps / event.stepsPerEpoch);
    }
    if (event.type !== 'step') return;
    this.#step = event;
    this.share = event.step / this.#steps;
    // The first step compiles and warms up: it says nothing about the pace.
    if (event.step > 1) this.#seconds = smooth(this.#seconds, event.seconds);
    for (const { move, term, value } of event.losses) {
      const name = `${move}/${term}`;
      this.#losses.set(name, smooth(this.#losses.get(name), value));
    }
  }

  /** `epoch 2/3  step 1200/2500  310 images/s  4m 10s left` */
  position(): string {
    const event = this.#step;
    if (!event) return '';
    const seconds = this.#seconds ?? event.seconds;
    const imagesPerSecond = (event.imagesPerSecond * event.seconds) / seconds;
    const left = duration((this.#steps - event.step) * seconds);
    return `epoch ${event.epoch}/${this.#epochs}  step ${event.step}/${this.#steps}  ${imagesPerSecond.toFixed(0)} images/s  ${left} left`;
  }

  losses(): string {
    return [...this.#losses].map(([name, value]) => `${name} ${value.toFixed(3)}`).join('  ');
  }
}

function smooth(average: number | undefined, value: number): number {
  return average === undefined ? value : 0.95 * average + 0.05 * value;
}

function bar(share: number, width = 24): string {
  const full = Math.round(share * width);
  return pc.green('━'.repeat(full)) + pc.dim('━'.repeat(width - full));
}

/** `1h 02m`, `4m 10s`, `12s` */
export function duration(seconds: number): string {
  const whole = Math.round(seconds);
  const two = (n: number) => String(n).padStart(2, '0');
  if (whole >= 3600) return `${Math.floor(whole / 3600)}h ${two(Math.floor((whole % 3600) / 60))}m`;
  if (whole >= 60) return `${Math.floor(whole / 60)}m ${two(whole % 60)}s`;
  return `${whole}s`;
}
