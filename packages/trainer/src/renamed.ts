import { GameError } from './errors.js';

/** Names of the contract of 0.1, and what they are called now. */
const renamed = {
  play: 'networks',
  draw: 'random',
  given: 'condition',
  keep: 'share',
  kept: 'shared',
  sampleGiven: 'sampleCondition',
} as const;

const advice = (name: keyof typeof renamed) =>
  `@ganjs/trainer: \`${name}\` is called \`${renamed[name]}\` since 0.2: rename it. What else changed: ` +
  'Round is StepContext, Setting is BuildContext, Draw is Random, Given is Condition, restoreNetworks is restoreGame, ' +
  'schedules take a moment `{ step, batch, images, progress }` instead of a fraction, a number as ema is constant ' +
  '(emaWarmUp gives the rise of 0.1), an optimizer has `counts`, pictures have `render` instead of `draw`, ' +
  'and the losses of a step event are a list of `{ move, term, value }`.';

/** A context whose names of 0.1 throw a GameError that tells the new ones: games written for 0.1 read them. */
export function withRenamed<T extends object>(context: T): T {
  const properties = (Object.keys(renamed) as (keyof typeof renamed)[]).map((name) => [
    name,
    {
      get: () => {
        throw new GameError(advice(name));
      },
    },
  ]);
  return Object.defineProperties(context, Object.fromEntries(properties) as PropertyDescriptorMap);
}

/** @throws GameError when options hold a name of 0.1. */
export function refuseRenamed(options: object): void {
  for (const name of Object.keys(renamed) as (keyof typeof renamed)[]) {
    if (name in options) throw new GameError(advice(name));
  }
}
