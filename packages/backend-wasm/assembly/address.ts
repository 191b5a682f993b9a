/** Address of 4-byte element `index`. */
// @ts-ignore: decorator
@inline
export function at(address: usize, index: i32): usize {
  return address + ((<usize>index) << 2);
}
