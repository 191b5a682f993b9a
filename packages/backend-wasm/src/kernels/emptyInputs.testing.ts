import * as tf from '@tensorflow/tfjs';
import { type Cases, count, four, one, three, two } from './count.testing.js';
import { images } from './emptyImages.testing.js';

const whole = (...shape: number[]) => count(shape, 'int32');
const truth = (...shape: number[]) => tf.cast(count(shape), 'bool');

type Reduce = (x: tf.Tensor, axis?: number | number[], keepDims?: boolean) => tf.Tensor;

function reductions(name: string, reduce: Reduce): Cases {
  return {
    [`${name} over an empty axis`]: () => reduce(three(3, 0, 2), 1),
    [`${name} over an empty axis that stays`]: () => reduce(three(3, 0, 2), 1, true),
    [`${name} over the first axis, which is empty`]: () => reduce(two(0, 5), 0),
    [`${name} over the last axis, which is empty`]: () => reduce(two(5, 0), 1),
    [`${name} over two empty axes`]: () => reduce(four(2, 0, 3, 0), [1, 3]),
    [`${name} of nothing at all`]: () => reduce(two(0, 4)),
    [`${name} over an axis of an empty tensor`]: () => reduce(three(2, 3, 0), 1),
    [`${name} of no integers`]: () => reduce(whole(3, 0), 1),
    [`${name} of no truth values`]: () => reduce(truth(3, 0), 1),
  };
}

function positions(name: string, find: (x: tf.Tensor, axis?: number) => tf.Tensor): Cases {
  return {
    [`${name} over an empty axis`]: () => find(three(3, 0, 2), 1),
    [`${name} over an axis of an empty tensor`]: () => find(three(2, 3, 0), 1),
    [`${name} of one number`]: () => find(one(1)),
    [`${name} over a first axis of length 1`]: () => find(two(1, 3), 0),
    [`${name} over a last axis of length 1`]: () => find(two(3, 1), 1),
    [`${name} over a middle axis of length 1`]: () => find(three(2, 1, 3), 1),
    [`${name} of one integer`]: () => find(whole(1)),
    [`${name} of one truth value`]: () => find(truth(3, 1), 1),
  };
}

const reduced: Cases = {
  ...reductions('sum', tf.sum),
  ...reductions('prod', tf.prod),
  ...reductions('mean', tf.mean),
  ...reductions('max', tf.max),
  ...reductions('min', tf.min),
  ...reductions('any', (x, axis, keep) => tf.any(tf.cast(x, 'bool'), axis as number, keep)),
  ...reductions('all', (x, axis, keep) => tf.all(tf.cast(x, 'bool'), axis as number, keep)),
  ...positions('argMax', tf.argMax),
  ...positions('argMin', tf.argMin),
  logSumExp: () => tf.logSumExp(two(3, 0), 1),
  norm: () => tf.norm(two(3, 0), 'euclidean', 1),
  moments: () => Object.values(tf.moments(two(0, 3), 0)),
  'cumsum along an empty axis': () => tf.cumsum(two(3, 0), 1),
  'cumsum of nothing along another axis': () => tf.cumsum(two(3, 0), 0),
  'cumprod along an empty axis': () => tf.cumprod(two(0, 3), 0, true, true),
  'softmax of empty rows': () => tf.softmax(two(3, 0)),
  'softmax of no rows': () => tf.softmax(two(0, 3)),
  'logSoftmax of no rows': () => tf.logSoftmax(two(0, 3)),
  'topk of no rows': () => Object.values(tf.topk(two(0, 3), 2)),
  'topk, none of each row': () => Object.values(tf.topk(two(2, 3), 0)),
  'topk of empty rows': () => Object.values(tf.topk(two(2, 0), 0)),
};

const fused = (activation: tf.fused.Activation, n = 2, inner = 0, units = 3) =>
  tf.fused.matMul({
    a: two(n, inner),
    b: two(inner, units),
    bias: tf.sub(one(units), 2),
    activation,
    leakyreluAlpha: 0.25,
    preluActivationWeights: activation === 'prelu' ? tf.fill([units], 0.5) : undefined,
  });

const products: Cases = {
  'matMul without an inner dimension': () => tf.matMul(two(3, 0), two(0, 2)),
  'matMul without an inner dimension, both turned': () => tf.matMul(two(0, 3), two(2, 0), true, true),
  'matMul without an inner dimension, a batch': () => tf.matMul(three(2, 3, 0), three(1, 0, 2)),
  'matMul without rows': () => tf.matMul(two(0, 3), two(3, 2)),
  'matMul without columns': () => tf.matMul(two(2, 3), two(3, 0)),
  'matMul without a batch': () => tf.matMul(three(0, 2, 3), three(0, 3, 2)),
  'matMul of an empty batch with one': () => tf.matMul(three(1, 2, 3), three(0, 3, 2)),
  'dot of nothing': () => tf.dot(one(0), one(0)),
  'outer product with nothing': () => tf.outerProduct(one(2), one(0)),
  'einsum without an inner dimension': () => tf.einsum('ij,jk->ik', two(3, 0), two(0, 2)),
  'fused linear': () => fused('linear'),
  'fused relu': () => fused('relu'),
  'fused relu6': () => fused('relu6'),
  'fused leakyrelu': () => fused('leakyrelu'),
  'fused elu': () => fused('elu'),
  'fused sigmoid': () => fused('sigmoid'),
  'fused prelu': () => fused('prelu'),
  'fused without rows': () => fused('elu', 0, 4),
  'fused without units': () => fused('sigmoid', 2, 4, 0),
};

const elementwise: Cases = {
  'add of a row to nothing': () => tf.add(two(0, 3), two(1, 3)),
  'multiply a column with nothing': () => tf.mul(two(2, 0), two(2, 1)),
  'subtract a number from nothing': () => tf.sub(one(0), 1),
  'divide nothing by a vector': () => tf.div(two(0, 3), one(3)),
  'pow of nothing': () => tf.pow(one(0), tf.scalar(2)),
  'maximum of nothing and a number': () => tf.maximum(two(2, 0), 1),
  'mod of integers': () => tf.mod(whole(0, 2), whole(2)),
  'floorDiv of integers': () => tf.floorDiv(whole(0, 2), whole(2)),
  'greater of nothing': () => tf.greater(two(0, 3), one(3)),
  'logicalAnd of nothing': () => tf.logicalAnd(truth(0), truth(1)),
  'logicalNot of nothing': () => tf.logicalNot(truth(0, 2)),
  'where of nothing': () => tf.where(truth(0, 2), two(0, 2), two(0, 2)),
  'where of no rows': () => tf.where(truth(0, 1), two(0, 2), two(0, 2)),
  'prelu of nothing': () => tf.prelu(two(0, 3), two(1, 3)),
  'addN of nothing': () => tf.addN([two(0, 3), two(0, 3), two(0, 3)]),
  'exp of nothing': () => tf.exp(two(0, 3)),
  'relu of nothing': () => tf.relu(two(3, 0)),
  'leakyRelu of nothing': () => tf.leakyRelu(two(3, 0)),
  'isNaN of nothing': () => tf.isNaN(two(3, 0)),
  'clip of nothing': () => tf.clipByValue(two(3, 0), 0, 1),
  'cast of nothing to integers': () => tf.cast(two(3, 0), 'int32'),
  'cast of nothing to truth values': () => tf.cast(two(3, 0), 'bool'),
};

const moved: Cases = {
  'concat of nothing and something': () => tf.concat([two(0, 3), two(2, 3)], 0),
  'concat of nothing between': () => tf.concat([two(2, 1), two(2, 0), two(2, 2)], 1),
  'concat of nothing': () => tf.concat([two(0, 2), two(0, 3)], 1),
  'stack of nothing': () => tf.stack([one(0), one(0)], 1),
  'unstack of nothing': () => tf.unstack(two(0, 2), 1),
  'split of nothing': () => tf.split(two(0, 4), 2, 1),
  'split into nothing and all': () => tf.split(two(2, 3), [0, 3], 1),
  'slice of nothing': () => tf.slice(two(0, 3), [0, 1], [0, 2]),
  'slice to nothing': () => tf.slice(two(2, 3), [1, 1], [0, 2]),
  'slice at the end': () => tf.slice(two(2, 3), [2, 0], [0, 3]),
  'stridedSlice of nothing': () => tf.stridedSlice(two(0, 4), [0, 0], [0, 4], [1, 2]),
  'stridedSlice to nothing': () => tf.stridedSlice(two(3, 4), [2, 0], [1, 4], [1, 2]),
  'tile of nothing': () => tf.tile(two(0, 3), [2, 2]),
  'tile no times': () => tf.tile(two(2, 3), [0, 2]),
  'transpose of nothing': () => tf.transpose(three(2, 0, 3), [2, 0, 1]),
  'reverse of nothing': () => tf.reverse(two(0, 3), 0),
  'reverse of nothing along another axis': () => tf.reverse(two(0, 3), 1),
  'flipLeftRight of no images': () => tf.image.flipLeftRight(four(0, 2, 3, 1)),
  'pad of nothing': () =>
    tf.pad(
      two(0, 2),
      [
        [1, 2],
        [1, 0],
      ],
      7,
    ),
  'pad of empty rows': () =>
    tf.pad(
      two(2, 0),
      [
        [0, 1],
        [1, 1],
      ],
      7,
    ),
  'mirrorPad of empty rows': () =>
    tf.mirrorPad(
      two(2, 0),
      [
        [1, 1],
        [0, 0],
      ],
      'symmetric',
    ),
  'expandDims of nothing': () => tf.expandDims(one(0), 1),
  'reshape of nothing': () => tf.reshape(two(0, 3), [3, 0, 5]),
  'spaceToBatchND of no images': () =>
    tf.spaceToBatchND(
      four(0, 2, 2, 3),
      [2, 2],
      [
        [0, 0],
        [0, 0],
      ],
    ),
  'batchToSpaceND of no images': () =>
    tf.batchToSpaceND(
      four(0, 2, 2, 3),
      [2, 2],
      [
        [0, 0],
        [0, 0],
      ],
    ),
  'depthToSpace of no images': () => tf.depthToSpace(four(0, 2, 2, 4), 2),
  'depthToSpace of empty images': () => tf.depthToSpace(four(1, 0, 2, 4), 2),
  'fill of nothing': () => tf.fill([0, 3], 7),
  'onesLike of nothing': () => tf.onesLike(two(0, 3)),
  'range of nothing': () => tf.range(2, 2),
  'eye of nothing': () => tf.eye(0),
  'diag of nothing': () => tf.diag(one(0)),
};

const indexed: Cases = {
  'oneHot of nothing': () => tf.oneHot(whole(0) as tf.Tensor1D, 3),
  'gather nothing': () => tf.gather(two(4, 3), whole(0) as tf.Tensor1D),
  'gather nothing of nothing': () => tf.gather(two(0, 3), whole(0) as tf.Tensor1D),
  'gather empty rows': () => tf.gather(two(4, 0), whole(2) as tf.Tensor1D),
  'gather from nothing': () => tf.gather(two(0, 3), whole(2) as tf.Tensor1D),
  'gather of no batches': () => tf.gather(three(0, 4, 3), whole(0, 2) as tf.Tensor2D, 1, 1),
  'gatherND nothing': () => tf.gatherND(two(2, 3), whole(0, 2)),
  'gatherND by empty indices': () => tf.gatherND(two(2, 3), whole(2, 0)),
  'scatterND nothing': () => tf.scatterND(whole(0, 1), two(0, 3), [2, 3]),
  'scatterND by empty indices': () => tf.scatterND(whole(2, 0), three(2, 2, 3), [2, 3]),
  'scatterND into nothing': () => tf.scatterND(whole(0, 1), two(0, 0), [2, 0]),
  'tensorScatterUpdate nothing': () => tf.tensorScatterUpdate(two(2, 3), whole(0, 1), two(0, 3)),
  'tensorScatterUpdate by empty indices': () =>
    tf.tensorScatterUpdate(two(2, 3), whole(1, 0), tf.neg(three(1, 2, 3))),
  'sparseToDense nothing': () => tf.sparseToDense(whole(0, 1) as tf.Tensor2D, one(0), [3], 7),
  'unsortedSegmentSum of nothing': () => tf.unsortedSegmentSum(two(0, 3), whole(0) as tf.Tensor1D, 2),
  'unsortedSegmentSum to nothing': () => tf.unsortedSegmentSum(two(2, 3), whole(2) as tf.Tensor1D, 0),
  'unsortedSegmentSum of empty rows': () => tf.unsortedSegmentSum(two(2, 0), whole(2) as tf.Tensor1D, 4),
};

export const families = { reduced, products, elementwise, moved, indexed, images };
