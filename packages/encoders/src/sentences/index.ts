export { type SentenceEncoder, sentenceEncoder } from './sentenceEncoder.js';
export { sentencePieces, type Vocabulary } from './sentencePieces.js';
