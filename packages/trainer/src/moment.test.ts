import { describe, expect, it } from 'vitest';
import { RunLength } from './moment.js';
import { emaHalfLife, emaWarmUp, linearDecay } from './schedules.js';

const at = (step: number, batch = 32) => ({ step, batch, images: step * batch, progress: 0 });

describe('the progress of a run', () => {
  it('runs from 0 to below 1', () => {
    const length = new RunLength(4);
    expect([0, 1, 2, 3].map((step) => length.progressAt(step))).toEqual([0, 0.25, 0.5, 0.75]);
    // After the last step it stays as that one had it.
    expect(length.progressAt(4)).toBe(0.75);
  });

  it('never falls when a run is made longer: the rest is spread over the steps that are left', () => {
    const longer = new RunLength(4).changed(10, 2);
    expect(longer.progressAt(2)).toBe(0.5);
    expect(longer.progressAt(6)).toBe(0.75);
    expect(longer.progressAt(9)).toBeCloseTo(15 / 16, 12);
    // Once more, and shorter.
    expect(longer.changed(7, 6).progressAt(6)).toBe(0.75);
  });

  it('stays at its end when a finished run is made longer', () => {
    const longer = new RunLength(4).changed(8, 4);
    const values = [4, 5, 6, 7].map((step) => longer.progressAt(step));
    expect(values[0]).toBe(0.75);
    expect(values).toEqual([...values].sort((a, b) => a - b));
    expect(values.at(-1)).toBeLessThan(1);
  });

  it('is the same when the length is', () => {
    const length = new RunLength(7);
    expect(length.changed(7, 3)).toBe(length);
  });
});

describe('decays of averages', () => {
  it('emaHalfLife forgets half within so many thousand images', () => {
    const decay = emaHalfLife({ kimg: 10 });
    expect(decay(at(1000)) ** (10_000 / 32)).toBeCloseTo(0.5, 10);
    expect(decay(at(0))).toBe(decay(at(1000)));
  });

  it('emaHalfLife with a ramp is short while few images were shown', () => {
    const decay = emaHalfLife({ kimg: 10, rampUp: 0.05 });
    expect(decay(at(0))).toBe(0);
    // 100 steps of 32 are 3,200 images: a half-life of 160.
    expect(decay(at(100))).toBeCloseTo(0.5 ** (32 / 160), 12);
    expect(decay(at(100_000))).toBeCloseTo(0.5 ** (32 / 10_000), 12);
  });

  it("emaWarmUp rises as TensorFlow's average with num_updates", () => {
    const decay = emaWarmUp(0.99);
    expect([0, 1, 2].map((step) => decay(at(step)))).toEqual([2 / 11, 3 / 12, 4 / 13]);
    expect(decay(at(10_000))).toBe(0.99);
  });

  it('refuse numbers out of range', () => {
    expect(() => emaHalfLife({ kimg: 0 })).toThrow(/kimg = 0/);
    expect(() => emaHalfLife({ kimg: 1, rampUp: -1 })).toThrow(/rampUp = -1/);
    expect(() => emaWarmUp(1)).toThrow(/decay = 1/);
    expect(() => linearDecay(1, { from: 1 })).toThrow(/from = 1/);
  });
});
