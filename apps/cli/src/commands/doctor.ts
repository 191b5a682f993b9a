import type { Command } from 'commander';
import pc from 'picocolors';
import { versions } from '../versions.js';

/** Adds `gan doctor` to the program. */
export function addDoctorCommand(program: Command): void {
  program
    .command('doctor')
    .description('say which backends work here, why the others do not, and how to enable them')
    .option(
      '--kernels [run]',
      'list the kernels that the wasm backend runs on slower code, and how often a run did (default: the last in runs/)',
    )
    .action(async ({ kernels }: { kernels?: string | true }) => {
      if (kernels !== undefined) {
        const { tellFallbacks } = await import('../backends/fallbacks.js');
        await tellFallbacks(kernels === true ? undefined : kernels);
        return;
      }
      const { backends, whyNot } = await import('../backends/index.js');
      console.log(
        `ganjs ${versions.ganjs}, TensorFlow.js ${versions.tfjs}, Node ${versions.node}, ${process.platform} ${process.arch}\n`,
      );
      const working: string[] = [];
      for (const backend of backends) {
        const reason = await whyNot(backend);
        if (reason === undefined) working.push(backend.name);
        const mark = reason === undefined ? pc.green('works') : pc.yellow('not here');
        console.log(`${pc.bold(backend.name.padEnd(9))} ${mark}  ${backend.summary}`);
        if (reason !== undefined) console.log(`${' '.repeat(10)}${pc.dim(`${reason} ${backend.enable}`)}`);
      }
      console.log(`\n--backend auto takes ${pc.bold(working[0] ?? 'none')}.`);
    });
}
