import { library } from '../../tools/tsup.config.ts';
import manifest from './package.json' with { type: 'json' };

/** Each entry of the manifest: all variants, and one alone. */
const entries = Object.entries(manifest.exports).flatMap(([path, target]) =>
  typeof target === 'string' ? [] : [[path.slice(2) || 'index', target['@ganjs/source'].slice(2)]],
);

export default library(Object.fromEntries(entries));
