// One file per kernel family; every export here is a wasm export that TypeScript can call by name.
export { heapBase, setScratch } from './runtime';
export { prepareScratch } from './macro';
export { panelWidth } from './micro';
export { fill32, fill8 } from './fill';
export { packB } from './pack';
export { gemmTiles } from './gemm';
export { convTiles, convFilterTiles, sumSlices } from './conv';
