/**
 * The elementwise kernels. A row is the name of a wasm export, and what it computes of `x` (and `y`) in AssemblyScript;
 * the loops that the groups stand for are in assembly/elementwise.ts.
 */
export const elementwise = {
  /** Of one element, four at a time; `a` and `b` are float32 parameters of the function. */
  vectorF32: {
    absF32: 'f32x4.abs(x)',
    negF32: 'f32x4.neg(x)',
    sqrtF32: 'f32x4.sqrt(x)',
    // Correctly rounded root and quotient.
    rsqrtF32: 'f32x4.div(f32x4.splat(1), f32x4.sqrt(x))',
    squareF32: 'f32x4.mul(x, x)',
    reciprocalF32: 'f32x4.div(f32x4.splat(1), x)',
    floorF32: 'f32x4.floor(x)',
    ceilF32: 'f32x4.ceil(x)',
    // Halves go to the even neighbour.
    roundF32: 'f32x4.nearest(x)',
    // -1, 0 or 1; NaN gives 0.
    signF32:
      'v128.or(v128.and(f32x4.splat(1), f32x4.gt(x, f32x4.splat(0))), v128.and(f32x4.splat(-1), f32x4.lt(x, f32x4.splat(0))))',
    reluF32: 'f32x4.pmax(x, f32x4.splat(0))',
    relu6F32: 'f32x4.pmin(f32x4.pmax(x, f32x4.splat(0)), f32x4.splat(6))',
    // a: slope below 0.
    leakyReluF32: 'v128.bitselect(f32x4.mul(x, a), x, f32x4.lt(x, f32x4.splat(0)))',
    // a: value at and below 0; NaN stays.
    stepF32:
      'v128.bitselect(x, v128.bitselect(f32x4.splat(1), a, f32x4.gt(x, f32x4.splat(0))), f32x4.ne(x, x))',
    // a: lower bound, b: upper bound; NaN stays.
    clipByValueF32: 'f32x4.pmin(f32x4.pmax(x, a), b)',
    // a: divisor.
    overF32: 'f32x4.div(x, a)',
    expF32: 'exp4(x)',
    expm1F32: 'expm14(x)',
    logF32: 'log4(x)',
    log1pF32: 'log1p4(x)',
    tanhF32: 'tanh4(x)',
    sigmoidF32: 'sigmoid4(x)',
    softplusF32: 'softplus4(x)',
    erfF32: 'erf4(x)',
    eluF32: 'v128.bitselect(expm14(x), x, f32x4.lt(x, f32x4.splat(0)))',
    // a: scale, b: scale times alpha.
    seluF32: 'v128.bitselect(f32x4.mul(b, expm14(x)), f32x4.mul(a, x), f32x4.lt(x, f32x4.splat(0)))',
    // Towards 0; out of range gives the nearest int32, NaN gives 0.
    floatToInt: 'i32x4.trunc_sat_f32x4_s(x)',
    intToFloat: 'f32x4.convert_i32x4_s(x)',
  },
  /** The same with int32 parameters. */
  vectorI32: {
    absI32: 'i32x4.abs(x)',
    negI32: 'i32x4.neg(x)',
    squareI32: 'i32x4.mul(x, x)',
    signI32: 'i32x4.sub(i32x4.lt_s(x, i32x4.splat(0)), i32x4.gt_s(x, i32x4.splat(0)))',
    reluI32: 'i32x4.max_s(x, i32x4.splat(0))',
    clipByValueI32: 'i32x4.min_s(i32x4.max_s(x, a), b)',
  },
  /** Of one float32 element, one at a time: functions that no hot path uses, from the standard library. Those with a
   * period go through float64: large arguments leave no float32 precision for the remainder. */
  scalarF32: {
    sinF32: '<f32>Math.sin(x)',
    cosF32: '<f32>Math.cos(x)',
    tanF32: '<f32>Math.tan(x)',
    asinF32: 'Mathf.asin(x)',
    acosF32: 'Mathf.acos(x)',
    atanF32: 'Mathf.atan(x)',
    sinhF32: 'Mathf.sinh(x)',
    coshF32: 'Mathf.cosh(x)',
    asinhF32: 'Mathf.asinh(x)',
    acoshF32: 'Mathf.acosh(x)',
    atanhF32: 'Mathf.atanh(x)',
  },
  /** Conditions on one 4-byte element: results of 1 byte. */
  condition: {
    isNanF32: 'f32x4.ne(x, x)',
    isInfF32: 'f32x4.eq(f32x4.abs(x), f32x4.splat(Infinity))',
    isFiniteF32: 'f32x4.lt(f32x4.abs(x), f32x4.splat(Infinity))',
    // Everything but 0 is true, NaN included.
    floatToBool: 'f32x4.ne(x, f32x4.splat(0))',
    intToBool: 'i32x4.ne(x, i32x4.splat(0))',
  },
  /** Of two 4-byte elements, broadcast. */
  pair: {
    addF32: 'f32x4.add(x, y)',
    subF32: 'f32x4.sub(x, y)',
    multiplyF32: 'f32x4.mul(x, y)',
    realDivF32: 'f32x4.div(x, y)',
    maximumF32: 'f32x4.max(x, y)',
    minimumF32: 'f32x4.min(x, y)',
    squaredDifferenceF32: 'f32x4.mul(f32x4.sub(x, y), f32x4.sub(x, y))',
    // y: slope below 0.
    preluF32: 'v128.bitselect(f32x4.mul(x, y), x, f32x4.lt(x, f32x4.splat(0)))',
    // x: gradient of the output, y: the output.
    eluGradF32: 'v128.bitselect(x, f32x4.mul(x, f32x4.add(y, f32x4.splat(1))), f32x4.ge(y, f32x4.splat(0)))',
    addI32: 'i32x4.add(x, y)',
    subI32: 'i32x4.sub(x, y)',
    multiplyI32: 'i32x4.mul(x, y)',
    maximumI32: 'i32x4.max_s(x, y)',
    minimumI32: 'i32x4.min_s(x, y)',
    squaredDifferenceI32: 'i32x4.mul(i32x4.sub(x, y), i32x4.sub(x, y))',
  },
  /** Conditions on two 4-byte elements, broadcast: results of 1 byte. */
  pairCondition: {
    equalF32: 'f32x4.eq(x, y)',
    notEqualF32: 'f32x4.ne(x, y)',
    lessF32: 'f32x4.lt(x, y)',
    lessEqualF32: 'f32x4.le(x, y)',
    greaterF32: 'f32x4.gt(x, y)',
    greaterEqualF32: 'f32x4.ge(x, y)',
    equalI32: 'i32x4.eq(x, y)',
    notEqualI32: 'i32x4.ne(x, y)',
    lessI32: 'i32x4.lt_s(x, y)',
    lessEqualI32: 'i32x4.le_s(x, y)',
    greaterI32: 'i32x4.gt_s(x, y)',
    greaterEqualI32: 'i32x4.ge_s(x, y)',
  },
  /** Of two float32 elements, broadcast, one at a time. */
  scalarPairF32: {
    powF32: 'Mathf.pow(x, y)',
    atan2F32: 'Mathf.atan2(x, y)',
    // The result has the sign of the divisor.
    modF32: 'remainderF32(x, y)',
  },
  /** Of two int32 elements, broadcast, one at a time. */
  scalarPairI32: {
    // The result has the sign of the divisor; 0 for divisor 0.
    modI32: 'remainderI32(x, y)',
    // 0 for divisor 0.
    floorDivI32: 'y == 0 ? 0 : <i32>Math.floor(<f64>x / <f64>y)',
    // Modulo 2^32; fractions go to 0.
    powI32: 'powerI32(x, y)',
  },
};

/** The loop of each group, what its function takes, and how an export is called. */
const groups = {
  vectorF32: vector('f32', 'f32x4'),
  vectorI32: vector('i32', 'i32x4'),
  scalarF32: {
    takes: 'x: f32',
    gives: 'f32',
    called: 'x: usize, out: usize, a: f32, b: f32, begin: i32, end: i32',
    loop: (op) => `mapScalars<${op}>(x, out, begin, end)`,
  },
  condition: {
    takes: 'x: v128',
    gives: 'v128',
    called: 'x: usize, out: usize, begin: i32, end: i32',
    loop: (op) => `testVectors<${op}>(x, out, begin, end)`,
  },
  pair: pair('v128', (op) => `MapPairs<${op}>`),
  pairCondition: pair('v128', (op) => `TestPairs<${op}>`),
  scalarPairF32: pair('f32', (op) => `MapScalarPairs<${op}, f32>`),
  scalarPairI32: pair('i32', (op) => `MapScalarPairs<${op}, i32>`),
};

function vector(type, lanes) {
  return {
    takes: 'x: v128, a: v128, b: v128',
    gives: 'v128',
    called: `x: usize, out: usize, a: ${type}, b: ${type}, begin: i32, end: i32`,
    loop: (op) => `mapVectors<${op}>(x, out, ${lanes}.splat(a), ${lanes}.splat(b), begin, end)`,
  };
}

function pair(type, loop) {
  return {
    takes: `x: ${type}, y: ${type}`,
    gives: type,
    called: 'a: usize, planA: usize, b: usize, planB: usize, out: usize, begin: i32, end: i32',
    loop: (op) => `eachBlock<${loop(op)}>(a, planA, b, planB, out, begin, end)`,
  };
}

/** The source of assembly/generated/elementwise.ts. */
export function elementwiseSource() {
  const kernels = Object.entries(elementwise).flatMap(([group, rows]) =>
    Object.entries(rows).map(([name, expression]) => kernelSource(groups[group], name, expression)),
  );
  return `import { erf4, exp4, expm14, log1p4, log4, sigmoid4, softplus4, tanh4 } from '../vectorMath';
import { eachBlock, MapPairs, MapScalarPairs, mapScalars, mapVectors, TestPairs, testVectors } from '../elementwise';
import { powerI32, remainderF32, remainderI32 } from '../wholeNumbers';

${kernels.join('\n')}`;
}

function kernelSource({ takes, gives, called, loop }, name, expression) {
  const op = name[0].toUpperCase() + name.slice(1);
  return `@unmanaged class ${op} {
  @inline apply(${takes}): ${gives} {
    return ${expression};
  }
}
export function ${name}(${called}): void {
  ${loop(op)};
}
`;
}
