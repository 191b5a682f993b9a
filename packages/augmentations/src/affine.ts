/** x' = a x + b y + c,  y' = d x + e y + f, as [a, b, c, d, e, f]. */
export type Affine = readonly [number, number, number, number, number, number];

/** The map that leaves everything where it is. */
export const identity: Affine = [1, 0, 0, 0, 1, 0];

/** Moves by x and y. */
export function translation(x: number, y: number): Affine {
  return [1, 0, x, 0, 1, y];
}

/** Scales by x and y. */
export function scaling(x: number, y: number): Affine {
  return [x, 0, 0, 0, y, 0];
}

/** Turns by an angle in radians. */
export function rotation(angle: number): Affine {
  const c = Math.cos(angle);
  const s = Math.sin(angle);
  return [c, -s, 0, s, c, 0];
}

/** The product of maps: the last is applied first, as with matrices. */
export function product(...maps: readonly Affine[]): Affine {
  return maps.reduce(
    ([a, b, c, d, e, f], [g, h, i, j, k, l]): Affine => [
      a * g + b * j,
      a * h + b * k,
      a * i + b * l + c,
      d * g + e * j,
      d * h + e * k,
      d * i + e * l + f,
    ],
    identity,
  );
}

/** The image of a point. */
export function apply([a, b, c, d, e, f]: Affine, x: number, y: number): [x: number, y: number] {
  return [a * x + b * y + c, d * x + e * y + f];
}

/** The map of pixel places (the first pixel's centre at 0) that does to them what `map` does around the image's centre. */
export function aroundCentre(map: Affine, height: number, width: number): Affine {
  const x = (width - 1) / 2;
  const y = (height - 1) / 2;
  return product(translation(x, y), map, translation(-x, -y));
}
