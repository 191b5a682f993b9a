import { evaluations } from '@ganjs/evaluation';
import { openRunFolder } from '@ganjs/runs/node';
import { startBackend } from '../backends/index.js';
import { UsageError } from '../usageError.js';

/** The flags of `gan evaluate`. */
export interface EvaluateOptions {
  readonly n: number;
  readonly seed: number;
  readonly backend: string;
  readonly threads?: number;
  readonly json?: boolean;
}

/** `gan evaluate` */
export async function evaluateCommand(path: string, options: EvaluateOptions): Promise<void> {
  const run = await openRunFolder(path);
  await startBackend(options.backend, options.threads);
  const result = await run.evaluate(options);
  if (!result) {
    const known = evaluations.map(
      ({ name, needs }) => `  ${name}: ${needs.tasks.join(' or ')} on ${needs.data}`,
    );
    const { variant, info } = run.record;
    throw new UsageError(`No evaluation knows ${variant} on ${info.name}. There are:\n${known.join('\n')}`);
  }
  console.log(options.json ? JSON.stringify(result.scores) : result.summary);
}
