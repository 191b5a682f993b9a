import 'fake-indexeddb/auto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { browserRuns, browserStorage } from './browser/index.js';
import { memoryStorage } from './memoryStorage.js';
import { folderStorage } from './node/folderStorage.js';
import { testStorage } from './storage.testing.js';

testStorage('memory', () => memoryStorage());
testStorage('a folder', () =>
  folderStorage(join(mkdtempSync(join(tmpdir(), 'ganjs-runs-')), 'not', 'there')),
);
testStorage('a browser', () => browserStorage('digits'));

it('the browser keeps runs apart, and names them', async () => {
  const [one, two] = [browserStorage('one'), browserStorage('one more')];
  await one.write('config.json', '1');
  await two.append('events.jsonl', '2');
  expect(await one.list('')).toEqual(['config.json']);
  expect(await two.read('config.json')).toBeUndefined();
  expect(await browserRuns()).toEqual(['one', 'one more']);
});
