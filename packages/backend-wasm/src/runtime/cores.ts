import { nodeModule } from './node.js';

/**
 * Physical cores that this process may use, at least 1: two threads on one core share its multipliers, so that
 * more threads than this gain nothing. Read from Linux where it tells; elsewhere a processor of more than two
 * logical cores is taken to have two per physical one, except Arm processors under Node, which have one.
 */
export async function physicalCores(): Promise<number> {
  const os = await nodeModule<typeof import('node:os')>('node:os');
  if (os === undefined) return halved(globalThis.navigator?.hardwareConcurrency ?? 1);
  const logical = os.availableParallelism();
  const perCore = await threadsPerCore();
  if (perCore !== undefined) return Math.max(1, Math.ceil(logical / perCore));
  return process.arch === 'arm64' ? logical : halved(logical);
}

function halved(logical: number): number {
  return logical > 2 ? Math.ceil(logical / 2) : logical;
}

async function threadsPerCore(): Promise<number | undefined> {
  const fs = await nodeModule<typeof import('node:fs')>('node:fs');
  try {
    const siblings = fs!.readFileSync('/sys/devices/system/cpu/cpu0/topology/thread_siblings_list', 'utf8');
    return siblings
      .trim()
      .split(',')
      .map((range) => range.split('-').map(Number))
      .reduce((count, [first, last]) => count + (last ?? first!) - first! + 1, 0);
  } catch {
    return undefined;
  }
}
