/** 1 where relaxed SIMD's fused multiply-add may be used; set by scripts/buildKernels.mjs. */
declare const RELAXED: i32;
/** 1 for engines that join pairs of 128-bit vectors into 256-bit ones. */
declare const WIDE: i32;
