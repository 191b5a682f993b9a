import { InvalidArgumentError, Option } from 'commander';

/** Reads a whole number >= `least` from the command line. */
export function wholeNumber(least: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (text.trim() === '' || !Number.isSafeInteger(value) || value < least) {
      throw new InvalidArgumentError(`It takes a whole number >= ${least}.`);
    }
    return value;
  };
}

/** Reads a number in (0, 1] from the command line. */
export function fraction(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !(value > 0 && value <= 1)) {
    throw new InvalidArgumentError('It takes a number above 0, and at most 1.');
  }
  return value;
}

/** With how many threads to compute. */
export function threadsOption(): Option {
  return new Option(
    '--threads <n>',
    'threads of the wasm backend (default: the physical cores that it may use)',
  ).argParser(wholeNumber(1));
}

/** Gathers an option that may be given several times. */
export function gathered(value: string, before: readonly string[] = []): string[] {
  return [...before, value];
}
