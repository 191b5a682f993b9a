/** `93.1%` */
export function percent(fraction: number): string {
  return `${(100 * fraction).toFixed(1)}%`;
}
