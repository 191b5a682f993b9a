import type { AnyDatasetInfo } from '@ganjs/datasets';
import * as z from 'zod';
import { RunError } from './errors.js';
import { type RunSettings, runSettingsSchema } from './runSettings.js';

const shapeSchema = z.object({ height: z.number(), width: z.number(), channels: z.number() });

/** What a run's data tells of itself, so that the networks can be built again without it. */
const infoSchema = z.object({
  name: z.string(),
  size: z.number(),
  image: shapeSchema,
  classes: z.array(z.string()).optional(),
  source: shapeSchema.optional(),
  paired: z.boolean().optional(),
  captioned: z.boolean().optional(),
  embedding: z.number().optional(),
});

/** The file `config.json`: the run's settings, what its data told of itself, and the versions that made it. */
const runRecordSchema = z.object({
  ...runSettingsSchema.shape,
  info: infoSchema,
  versions: z.record(z.string(), z.string()),
});

/** What a run remembers of how it was made. */
export type RunRecord = z.output<typeof runRecordSchema>;

/** What a record tells besides the settings: it shapes no other run. */
export const recordKeys: readonly string[] = ['info', 'versions'];

/** The record of a run that begins. */
export function recordOf(
  settings: RunSettings,
  info: AnyDatasetInfo,
  versions: Readonly<Record<string, string>>,
): RunRecord {
  return runRecordSchema.parse({ ...settings, info, versions });
}

/**
 * Reads a record.
 *
 * @param where what messages call the file.
 * @throws RunError saying what is wrong with it.
 */
export function parseRecord(where: string, text: string): RunRecord {
  let values: unknown;
  try {
    values = JSON.parse(text);
  } catch (error) {
    throw new RunError(`${where} is damaged: ${(error as Error).message}`, { cause: error });
  }
  if (typeof values === 'object' && values !== null && !('training' in values) && 'batch' in values) {
    throw new RunError(`${where} was written by ganjs 0.1, whose runs this version does not read.`);
  }
  const result = runRecordSchema.safeParse(values);
  if (!result.success) throw new RunError(`${where} is damaged:\n${z.prettifyError(result.error)}`);
  return result.data;
}
