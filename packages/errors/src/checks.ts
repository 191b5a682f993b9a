import { NonFiniteError, OptionError } from './inputErrors.js';

/**
 * Refuses a number outside of [low, high].
 *
 * @param where the function that refuses, as its user writes it.
 * @param name the option's name.
 * @param value its value.
 * @param low the least that is allowed; default: no limit.
 * @param high the most that is allowed; default: no limit.
 * @throws OptionError unless low <= value <= high and value is finite; NaN is never in range.
 */
export function checkOption(
  where: string,
  name: string,
  value: number,
  low = Number.NEGATIVE_INFINITY,
  high = Number.POSITIVE_INFINITY,
): void {
  if (Number.isFinite(value) && value >= low && value <= high) return;
  const lower = Number.isFinite(low) ? ` >= ${low}` : '';
  const upper = Number.isFinite(high) ? ` <= ${high}` : '';
  refuse(where, name, value, `a finite number${lower}${lower && upper && ' and'}${upper}`);
}

/**
 * Refuses a number that is not positive.
 *
 * @param high the most that is allowed; default: no limit.
 * @throws OptionError unless 0 < value <= high and value is finite.
 */
export function checkPositive(
  where: string,
  name: string,
  value: number,
  high = Number.POSITIVE_INFINITY,
): void {
  if (value > 0 && value <= high && Number.isFinite(value)) return;
  const upper = Number.isFinite(high) ? ` and <= ${high}` : '';
  refuse(where, name, value, `a finite number > 0${upper}`);
}

/**
 * Refuses a number that is no fraction below one, such as a decay or a momentum.
 *
 * @throws OptionError unless 0 <= value < 1.
 */
export function checkFraction(where: string, name: string, value: number): void {
  if (!(value >= 0 && value < 1)) refuse(where, name, value, 'a number in [0, 1)');
}

/**
 * Refuses a number that counts nothing.
 *
 * @throws OptionError unless value is a whole number >= low.
 */
export function checkWhole(where: string, name: string, value: number, low: number): void {
  if (!(Number.isSafeInteger(value) && value >= low)) refuse(where, name, value, `a whole number >= ${low}`);
}

/**
 * Refuses data with NaN or infinity in it.
 *
 * @param name what holds the values.
 * @throws NonFiniteError unless every value is finite.
 */
export function checkFinite(where: string, name: string, values: ArrayLike<number>): void {
  for (let i = 0; i < values.length; i++) {
    if (Number.isFinite(values[i])) continue;
    throw new NonFiniteError(
      where,
      `${name} with ${values[i]} at ${i}`,
      'finite numbers',
      'The model that made them has probably diverged: look at its losses.',
    );
  }
}

function refuse(where: string, name: string, value: number, range: string): never {
  throw new OptionError(where, `${name} = ${value}`, range, `Choose ${name} within that range.`);
}
