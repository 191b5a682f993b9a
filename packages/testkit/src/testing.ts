import * as tf from '@tensorflow/tfjs';
import type { Check } from './check.js';

/** The names of the checks that a piece does not pass, with what they say. Frees what broken pieces leave behind. */
export async function failures(checks: readonly Check[]): Promise<Record<string, string>> {
  const engine = tf.engine();
  const before = new Set(Object.keys(engine.state.registeredVariables));
  const failed: Record<string, string> = {};
  engine.startScope();
  try {
    for (const { name, run } of checks) {
      try {
        await run();
      } catch (error) {
        failed[name] = (error as Error).message;
      }
    }
  } finally {
    engine.endScope();
    for (const [name, variable] of Object.entries(engine.state.registeredVariables)) {
      if (!before.has(name)) variable.dispose();
    }
  }
  return failed;
}
