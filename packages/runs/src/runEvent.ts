import type { TrainEvent } from '@ganjs/trainer';
import type { Pixels } from '@ganjs/visuals';

/** What happens in a run: the trainer's events, with the files in place of what was written to them. */
export type RunEvent =
  | Exclude<TrainEvent, { type: 'sample' | 'checkpoint' }>
  | {
      readonly type: 'sample';
      readonly step: number;
      /** Its name in the run's storage. */
      readonly file: string;
      /** What the file shows. */
      readonly picture: Pixels;
    }
  | { readonly type: 'checkpoint'; readonly step: number; readonly file: string };

/** An event as plain data, in the form of a line of `events.jsonl`: without pixels. */
export function plainEvent(event: RunEvent): object {
  if (event.type !== 'sample') return event;
  const { picture, ...plain } = event;
  return plain;
}
