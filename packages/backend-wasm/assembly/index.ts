// One file per kernel family; every export here is a wasm export that TypeScript can call by name.
export { heapBase, setScratch } from './runtime';
export { prepareScratch } from './macro';
export { panelWidth } from './micro';
export { fill32, fill8 } from './fill';
export { packB } from './pack';
export { gemmTiles } from './gemm';
export { convTiles, convFilterTiles, sumSlices } from './conv';
export * from './generated/elementwise';
export { boolToInt, boolToFloat, logicalNot8, select32, select8 } from './bool';
export { copy32, copy8, transpose32 } from './copy';
export * from './reduce';
export { softmaxRows } from './softmax';
export * from './scan';
export * from './gather';
export * from './pool';
export * from './resize';
export {
  winogradKernel, winogradTiles, winogradGradientTiles, winogradGradientProducts, winogradGradientSlices,
  winogradGradientKernel,
} from './winograd';
export { depthwiseRows, depthwiseInputRows, depthwiseFilterTaps } from './depthwise';
export { upfirdnRows } from './upfirdn';
export { sumShifted } from './thin';
export * from './batchNorm';
export { leakyReluGradient } from './rectifier';
export { adam } from './adam';
