export { OptionError } from '@ganjs/errors';
export { ambientStream, withStream } from './ambient.js';
export { type Name, Stream, stream } from './stream.js';
