/** Whether this is Node, as opposed to a page or a web worker. */
function isNode(): boolean {
  return typeof process === 'object' && typeof process.versions?.node === 'string';
}

/** A module of Node's own, or undefined elsewhere. The name is no literal, so that bundlers leave it alone. */
export async function nodeModule<T>(name: string): Promise<T | undefined> {
  return isNode() ? ((await import(/* @vite-ignore */ name)) as T) : undefined;
}
