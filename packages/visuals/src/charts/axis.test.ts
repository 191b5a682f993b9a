import { expect, it } from 'vitest';
import { layOut } from './axis.js';

const labels = (least: number, greatest: number, nice = false) =>
  layOut({ name: '', domain: [least, greatest], nice }, [0, 500], 5).ticks.map(({ label }) => label);

it.each([
  [0, 1, ['0', '0.2', '0.4', '0.6', '0.8', '1.0']],
  [1, 30_000, ['5,000', '10,000', '15,000', '20,000', '25,000', '30,000']],
  [0, 4e6, ['0', '1M', '2M', '3M', '4M']],
  [0, 4e-5, ['0', '1e-5', '2e-5', '3e-5', '4e-5']],
  [-1e20, 1e20, ['−1e+20', '−5e+19', '0', '5e+19', '1e+20']],
])('labels an axis from %d to %d shortly', (least, greatest, expected) => {
  expect(labels(least, greatest)).toEqual(expected);
});

it('tells ticks apart far from zero', () => {
  expect(labels(12_345, 12_345.8)).toEqual(['12,345.0', '12,345.2', '12,345.4', '12,345.6', '12,345.8']);
});

it('widens a nice axis to round numbers, and no other', () => {
  const domain = [0.13, 9.7] as const;
  expect(layOut({ name: '', domain, nice: true }, [0, 500], 5).scale.domain()).toEqual([0, 10]);
  expect(layOut({ name: '', domain }, [0, 500], 5).scale.domain()).toEqual(domain);
});
