import type { Message } from './messages.js';

/** What a visitor, or a test, sees of the training. */
declare global {
  var messages: Message[];
}

globalThis.messages = [];
const context = document.querySelector('canvas')!.getContext('2d')!;
const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
worker.addEventListener('error', ({ message }) => globalThis.messages.push({ type: 'error', message }));
worker.addEventListener('message', ({ data: message }: MessageEvent<Message>) => {
  globalThis.messages.push(message);
  if (message.type !== 'picture') return;
  const { width, height, data } = message;
  const image = context.createImageData(width, height);
  for (let i = 0; i < width * height; i++) image.data.set([...data.subarray(3 * i, 3 * i + 3), 255], 4 * i);
  context.putImageData(image, 0, 0);
});
