import type { Run, RunEvent, TrainRunOptions } from '@ganjs/runs';
import type { Progress } from './progress.js';

/** How a run ended. */
export type Ending = Extract<RunEvent, { type: 'done' }>['reason'];

/** Trains a run and shows what happens. Ctrl-C ends it after the step at hand; a second one quits at once. */
export async function trainRun(
  run: Run,
  progress: Progress,
  length?: TrainRunOptions['length'],
): Promise<Ending> {
  const interrupt = new AbortController();
  const onInterrupt = () => {
    if (interrupt.signal.aborted) process.exit(130);
    process.stderr.write('\nStopping after this step, with a checkpoint. Ctrl-C again to quit at once.\n');
    interrupt.abort();
  };
  process.on('SIGINT', onInterrupt);
  process.on('SIGTERM', onInterrupt);
  try {
    let ending: Ending = 'finished';
    for await (const event of run.train({ signal: interrupt.signal, ...(length && { length }) })) {
      if (event.type === 'done') ending = event.reason;
      progress.show(event);
    }
    return ending;
  } finally {
    process.off('SIGINT', onInterrupt);
    process.off('SIGTERM', onInterrupt);
  }
}
