// placeholder, replaced below
export function gemmNothing(): void {}
