import type { Report } from '@ganjs/trainer';
import type { Point } from '@ganjs/visuals/charts';

/** Points of a curve, at most: more than a chart has pixels. */
const MOST = 4096;

/** The loss curves of a run, of bounded size: where a curve grows too long, each two neighbours become their mean. */
export class LossHistory {
  readonly #curves = new Map<string, Curve>();

  /** Takes the losses of a step. */
  add(step: number, losses: readonly Report[]): void {
    for (const { move, term, value } of losses) {
      const name = `${move}/${term}`;
      const curve = this.#curves.get(name) ?? new Curve();
      curve.add({ x: step, y: value });
      this.#curves.set(name, curve);
    }
  }

  /** The curves in the order in which they began; none before the first step. */
  series(): { readonly name: string; readonly points: readonly Point[] }[] {
    return [...this.#curves].map(([name, { points }]) => ({ name, points }));
  }
}

class Curve {
  points: Point[] = [];
  /** Steps that make one point. */
  #width = 1;
  #waiting: Point[] = [];

  add(point: Point): void {
    this.#waiting.push(point);
    if (this.#waiting.length < this.#width) return;
    this.points.push(meanOf(this.#waiting));
    this.#waiting = [];
    if (this.points.length < MOST) return;
    this.points = Array.from({ length: MOST / 2 }, (_, i) => meanOf(this.points.slice(2 * i, 2 * i + 2)));
    this.#width *= 2;
  }
}

function meanOf(points: readonly Point[]): Point {
  const mean = (of: (point: Point) => number) =>
    points.reduce((sum, point) => sum + of(point), 0) / points.length;
  return { x: mean(({ x }) => x), y: mean(({ y }) => y) };
}
