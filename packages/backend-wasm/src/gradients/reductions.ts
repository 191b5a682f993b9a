import { type Gradient, gradientDepth, type Operation, type Replacement } from '@ganjs/autodiff';
import { div, getGradient, type NamedAttrMap, reshape, type Tensor, tile, util } from '@tensorflow/tfjs';

/** `dy` spread over what was summed; the registry's gradient multiplies it by a tensor of ones that JavaScript fills. */
function spread(dy: Tensor, x: Tensor, attrs: NamedAttrMap): Tensor {
  const axes = util.parseAxisParam(attrs.axis as number[], x.shape);
  const kept = x.shape.map((size, axis) => (axes.includes(axis) ? 1 : size));
  // Not broadcastTo: that leaves an axis of length 1 as it is where it should become empty.
  return tile(
    reshape(dy, kept),
    x.shape.map((size, axis) => (axes.includes(axis) ? size : 1)),
  );
}

function reductionNode(
  { name, inputs }: Operation,
  derivative: (dy: Tensor, x: Tensor, attrs: NamedAttrMap) => Tensor,
): Replacement {
  const gradient: Gradient = (dy, saved, attrs) =>
    gradientDepth() > 0
      ? (getGradient(name).gradFunc(dy, saved, attrs) as ReturnType<Gradient>)
      : { x: () => derivative(dy, saved[0]!, attrs) };
  return { inputs, gradient };
}

/** A sum. */
export function sumNode(operation: Operation): Replacement {
  return reductionNode(operation, spread);
}

/** A mean. */
export function meanNode(operation: Operation): Replacement {
  return reductionNode(operation, (dy, x, attrs) => spread(div(dy, x.size / dy.size), x, attrs));
}
