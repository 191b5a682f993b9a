import { createRequire } from 'node:module';
import { version_core as tfjs } from '@tensorflow/tfjs';

const { version } = createRequire(import.meta.url)('../package.json') as { version: string };

/** The version of this command line. */
export const ganjsVersion = version;

/** What a run was made with: part of its config.json. */
export const versions = { ganjs: version, tfjs, node: process.versions.node };
