/** 1 where relaxed SIMD's fused multiply-add may be used; set by scripts/buildKernels.mjs. */
declare const RELAXED: i32;
