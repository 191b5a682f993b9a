import {
  type Derivatives,
  type Gradient,
  gradientDepth,
  type Operation,
  type Replacement,
} from '@ganjs/autodiff';
import {
  add,
  Cast,
  div,
  engine,
  FusedBatchNorm,
  type FusedBatchNormAttrs,
  getGradient,
  Identity,
  mul,
  type NamedAttrMap,
  Reshape,
  Square,
  Sub,
  sub,
  type Tensor,
  util,
} from '@tensorflow/tfjs';
import { GanjsBatchNormGradient } from '../kernels/batchNorm.js';

/** How far back on the tape the statistics of a batch norm are looked for. */
const REACH = 64;

/** Axes of the means that were recorded: the tape does not tell them. */
const meanAxes = new WeakMap<Tensor, readonly number[]>();

/** Remembers along which axes a mean is taken. */
export function noteMean({ inputs, outputs, attributes }: Operation): void {
  meanAxes.set(outputs[0]!, util.parseAxisParam(attributes.axis as number[], inputs.x!.shape));
}

/**
 * A batch norm whose mean and variance are those of its input over all axes but the last, as in training. It is
 * recorded as one operation on x, scale and offset, so that the derivative does not pass through the statistics:
 * two kernels instead of some fifteen.
 */
export function batchNormNode({ inputs, saved, attributes, tape }: Operation): Replacement | undefined {
  const { x, mean, variance, scale, offset } = inputs;
  const [channels] = mean!.shape;
  const covered =
    // Within a gradient inside of another one, somebody may ask for the derivative by the statistics.
    gradientDepth() === 1 &&
    [x, mean, variance, scale, offset].every((t) => t == null || t.dtype === 'float32') &&
    [mean, variance, scale, offset].every((t) => t == null || (t.rank === 1 && t.shape[0] === channels)) &&
    x!.shape.at(-1) === channels &&
    x!.size > 0 &&
    saved.length === (scale == null ? 3 : 4) &&
    areMoments(x!, mean!, variance!, tape);
  if (!covered) return undefined;
  const { varianceEpsilon } = attributes as unknown as FusedBatchNormAttrs;
  const gradient: Gradient = (dy, saved, attrs) => {
    if (gradientDepth() > 0) return composed(dy, saved, attrs);
    const [x, mean, variance, scale] = saved;
    const statistics = { dy, x: x!, mean: mean!, variance: variance!, ...(scale && { scale }) };
    const [dx, dscale, doffset] = engine().runKernel(GanjsBatchNormGradient, statistics, {
      varianceEpsilon,
    }) as unknown as Tensor[];
    return { x: () => dx!, scale: () => dscale!, offset: () => doffset! };
  };
  return { inputs: { x: x!, ...(scale && { scale }), ...(offset && { offset }) }, gradient };
}

/** The same derivative of operations that can be differentiated again, through the saved statistics too. */
function composed(dy: Tensor, saved: Tensor[], attrs: NamedAttrMap): Derivatives {
  const direct = getGradient(FusedBatchNorm).gradFunc(dy, saved, attrs);
  const [x, mean] = saved as [Tensor, Tensor];
  const rows = x.size / mean.size;
  return {
    ...direct,
    x: () => {
      const byMean = div(direct.mean!(), rows);
      const byVariance = mul(mul(direct.variance!(), 2 / rows), sub(x, mean));
      return add(add(direct.x!(), byMean), byVariance);
    },
  };
}

/** Whether the tape says that mean = mean(x) and variance = mean((x - mean)^2), over all axes but x's last. */
function areMoments(x: Tensor, mean: Tensor, variance: Tensor, tape: Operation['tape']): boolean {
  const producers = new Map<number, (typeof tape)[number]>();
  for (const node of tape.slice(-REACH)) {
    for (const output of node.outputs) producers.set(output.id, node);
  }
  /** What a tensor was made from by operations that keep its numbers. */
  const source = (tensor: Tensor): Tensor => {
    const node = producers.get(tensor.id);
    const input = node?.inputs.x;
    const same = node !== undefined && [Reshape, Identity, Cast].includes(node.kernelName);
    return same && input !== undefined && input.dtype === tensor.dtype ? source(input) : tensor;
  };
  /** What a tensor is the mean of, over all axes but the last. */
  const averaged = (tensor: Tensor): Tensor | undefined => {
    const origin = source(tensor);
    const axes = meanAxes.get(origin);
    const input = producers.get(origin.id)?.inputs.x;
    if (axes === undefined || input === undefined) return undefined;
    return axes.length === input.rank - 1 && !axes.includes(input.rank - 1) ? source(input) : undefined;
  };
  const image = source(x);
  if (averaged(mean) !== image) return false;
  const squares = averaged(variance);
  const square = squares && producers.get(squares.id);
  const centred = square?.kernelName === Square ? source(square.inputs.x!) : undefined;
  const difference = centred && producers.get(centred.id);
  if (difference?.kernelName !== Sub) return false;
  const { a, b } = difference.inputs;
  return source(a!) === image && source(b!) === source(mean);
}
