/** Name under which the backend registers with TensorFlow.js: `tf.setBackend(BACKEND_NAME)`. */
export const BACKEND_NAME = 'ganjs-wasm';
