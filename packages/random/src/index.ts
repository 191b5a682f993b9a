export { ambientStream, withStream } from './ambient.js';
export { type Name, Stream, stream } from './stream.js';
