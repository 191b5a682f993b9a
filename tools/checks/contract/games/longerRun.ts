import { type Checkpoint, defineGame, encodeCheckpoint, linearDecay, sgd } from '@ganjs/trainer';
import * as tf from '@tensorflow/tfjs';
import { expect } from 'vitest';
import type { OutsideGame } from '../outsideGame.js';
import { eventsOf, ramps, runOf } from '../play.js';

const SIDE = 4;

/** A moment that was played, and what went by it. */
interface Played {
  readonly step: number;
  readonly progress: number;
  readonly rate: number;
  readonly early: boolean;
}

/** One weight, whose learning rate decays and whose first move is played in the first half only. */
function create(played: Played[] = []) {
  const schedule = linearDecay(0.1, { from: 0.25 }) as Exclude<ReturnType<typeof linearDecay>, number>;
  const network = tf.sequential({
    layers: [
      tf.layers.dense({
        units: 1,
        useBias: false,
        inputShape: [1],
        kernelInitializer: tf.initializers.ones(),
      }),
    ],
  });
  return defineGame({
    players: { solo: { network, optimizer: sgd({ learningRate: schedule, momentum: 0.5 }), ema: 0.9 } },
    moves: [
      {
        name: 'early',
        trains: 'solo',
        when: (moment) => {
          const early = moment.progress < 0.5;
          played.push({ step: moment.step, progress: moment.progress, rate: schedule(moment), early });
          return early;
        },
        loss: ({ networks }) => ({ weight: tf.mean(networks.solo(tf.ones([1, 1]))) }),
      },
      {
        name: 'always',
        trains: 'solo',
        loss: ({ networks }) => ({ square: tf.mean(tf.square(networks.solo(tf.ones([1, 1])))) }),
      },
    ],
    sample: ({ n, networks }) => tf.reshape(networks.solo(tf.ones([n, 1])), [n, 1, 1, 1]),
  });
}

/** Plays up to a step of a run that shall have so many; goes on from a checkpoint, where there is one. */
async function played(steps: number, resume?: Checkpoint, until = steps) {
  const moments: Played[] = [];
  const stop = new AbortController();
  const options = { length: { steps }, signal: stop.signal, ...(resume && { resume }) };
  const events = await eventsOf(create(moments), ramps(SIDE), options, (event) => {
    if (event.type === 'step' && event.step === until) stop.abort();
  });
  return { moments, events, checkpoint: runOf(events).checkpoints.at(-1) };
}

/** Lengths of a run, each with the step up to which it is played: the next goes on from there. */
type Plan = readonly (readonly [steps: number, until: number])[];

async function planned(plan: Plan) {
  const moments: Played[] = [];
  let checkpoint: Checkpoint | undefined;
  for (const [steps, until] of plan) {
    const run = await played(steps, checkpoint, until);
    moments.push(...run.moments);
    checkpoint = run.checkpoint ?? checkpoint;
  }
  return { moments, checkpoint: checkpoint! };
}

const plans: Readonly<Record<string, Plan>> = {
  'finished, made longer': [
    [6, 6],
    [12, 12],
  ],
  'unfinished, made longer': [
    [6, 4],
    [12, 12],
  ],
  'unfinished, made shorter': [
    [12, 3],
    [5, 5],
  ],
  'shortened below its step, then longer': [
    [12, 8],
    [5, 5],
    [12, 12],
  ],
  'finished three times': [
    [2, 2],
    [4, 4],
    [9, 9],
  ],
  'made longer and shorter': [
    [6, 3],
    [20, 9],
    [11, 10],
    [13, 13],
  ],
  'made longer before its first step': [
    [6, 1],
    [30, 2],
    [8, 8],
  ],
};

/** A run whose length changes. */
export const longerRun: OutsideGame = {
  name: 'a run that is made longer',
  side: SIDE,
  create: () => create(),
  claims: {
    ...Object.fromEntries(
      Object.entries(plans).map(([name, plan]) => [
        `progress never falls: ${name}`,
        async () => {
          const { moments } = await planned(plan);
          expect(moments.map(({ step }) => step)).toEqual(
            Array.from({ length: plan.at(-1)![1] }, (_, i) => i),
          );
          for (const [i, { progress, rate, early }] of moments.entries()) {
            expect(progress).toBeGreaterThanOrEqual(moments[i - 1]?.progress ?? 0);
            expect(progress).toBeLessThan(1);
            expect(rate).toBeLessThanOrEqual(moments[i - 1]?.rate ?? 0.1);
            if (early) expect(moments[i - 1]?.early ?? true, 'a phase never comes again').toBe(true);
          }
        },
      ]),
    ),
    async 'schedules spread over the steps that are left'() {
      const { moments } = await planned([
        [6, 3],
        [9, 9],
      ]);
      const expected = [
        0,
        1 / 6,
        2 / 6,
        3 / 6,
        3 / 6 + 1 / 12,
        3 / 6 + 2 / 12,
        3 / 6 + 3 / 12,
        3 / 6 + 4 / 12,
        3 / 6 + 5 / 12,
      ];
      for (const [i, { progress }] of moments.entries()) expect(progress).toBeCloseTo(expected[i]!, 12);
    },
    async 'a longer run resumes to the byte with its new length, also twice'() {
      const first = (await played(6, undefined, 3)).checkpoint!;
      const whole = await played(12, first);
      let checkpoint = (await played(12, first, 5)).checkpoint!;
      checkpoint = (await played(12, checkpoint, 9)).checkpoint!;
      checkpoint = (await played(12, checkpoint)).checkpoint!;
      expect(encodeCheckpoint(checkpoint)).toEqual(encodeCheckpoint(whole.checkpoint!));
    },
    async 'a finished run that is resumed with its length is finished'() {
      const { checkpoint } = await played(6);
      const { events } = await played(6, checkpoint);
      expect(events.map(({ type }) => type)).toEqual(['start', 'done']);
      expect(events[0]).toMatchObject({ steps: 6, done: 6 });
      expect(events[1]).toEqual({ type: 'done', step: 6, reason: 'finished' });
    },
    async 'one checkpoint can be resumed again and again'() {
      const { checkpoint } = await played(6, undefined, 3);
      const bytes = encodeCheckpoint(checkpoint!);
      const [once, again] = [await played(6, checkpoint), await played(6, checkpoint)];
      expect(encodeCheckpoint(again.checkpoint!)).toEqual(encodeCheckpoint(once.checkpoint!));
      expect(encodeCheckpoint(checkpoint!)).toEqual(bytes);
    },
  },
};
