// One file per kernel family; every export here is a wasm export that TypeScript can call by name.
export * from './runtime';
export * from './fill';
export * from './gemm';
