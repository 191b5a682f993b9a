import { startBackend } from '../backends/index.js';
import { evaluate } from '../judges/index.js';
import { RunFolder } from '../runFolder.js';
import { UsageError } from '../usageError.js';

export interface EvaluateOptions {
  readonly n: number;
  readonly seed: number;
  readonly backend: string;
  readonly threads?: number;
  readonly json?: boolean;
}

/** `gan evaluate` */
export async function evaluateCommand(path: string, options: EvaluateOptions): Promise<void> {
  const { folder, config } = await RunFolder.open(path);
  await startBackend(options.backend, options.threads);
  const result = await evaluate(path, options);
  if (!result) throw new UsageError(`No judge of ${config.variant} on ${config.data} ships with ganjs.`);
  await folder.writeJson('metrics.json', result.scores);
  console.log(options.json ? JSON.stringify(result.scores) : result.summary);
}
