/** A tensor as messages name it: `shape [2,3] and dtype int32`. */
export function describeTensor(x: { readonly shape: readonly number[]; readonly dtype: string }): string {
  return `shape [${x.shape}] and dtype ${x.dtype}`;
}
