// What each instance (one per thread) knows about itself.

/** First byte that the allocator may hand out: everything below is static data of the module. */
export function heapBase(): usize {
  return __heap_base;
}

/** Scratch memory of this thread: private, 64-byte aligned. Kernels read it through `scratch`. */
export let scratch: usize = 0;

export function setScratch(pointer: usize): void {
  scratch = pointer;
}
