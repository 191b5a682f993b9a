/** `93.1%` */
export function percent(share = Number.NaN): string {
  return `${(100 * share).toFixed(1)}%`;
}
