import { createRequire } from 'node:module';
import { version_core as tfjs } from '@tensorflow/tfjs';

const { version } = createRequire(import.meta.url)('../package.json') as { version: string };

/** What this command line is made of: part of a run's config.json. */
export const versions = { ganjs: version, tfjs, node: process.versions.node };
