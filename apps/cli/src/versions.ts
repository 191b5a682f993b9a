import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const versionOf = (manifest: string) => (require(manifest) as { version: string }).version;

/** What this command line is made of: part of a run's config.json. */
export const versions = {
  ganjs: versionOf('../package.json'),
  tfjs: versionOf('@tensorflow/tfjs/package.json'),
  node: process.versions.node,
};
