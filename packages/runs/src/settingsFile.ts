import { parse } from 'yaml';
import { RunError } from './errors.js';
import { recordKeys } from './record.js';
import { checkSettings, type PartialSettings } from './runSettings.js';

/**
 * Reads settings from the text of a file: JSON, or YAML where its name ends in `.yaml` or `.yml`. A run's `config.json`
 * is such a file, too: what it tells besides settings is passed over.
 *
 * @param path names the file in messages.
 * @throws RunError that names the file and what is wrong in it.
 */
export function parseSettingsFile(path: string, text: string): PartialSettings {
  const form = /\.ya?ml$/i.test(path) ? 'YAML' : 'JSON';
  let values: unknown;
  try {
    values = form === 'YAML' ? parse(text) : JSON.parse(text);
  } catch (error) {
    throw new RunError(`${path} is not ${form}: ${(error as Error).message}`, { cause: error });
  }
  return checkSettings(path, withoutRecord(values));
}

function withoutRecord(values: unknown): unknown {
  if (typeof values !== 'object' || values === null || Array.isArray(values)) return values;
  return Object.fromEntries(Object.entries(values).filter(([key]) => !recordKeys.includes(key)));
}
