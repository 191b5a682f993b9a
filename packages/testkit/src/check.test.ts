import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { ConformanceError, onBackend } from './check.js';

/** Takes the active backend away, so that none is set, as when a process begins. */
function forgetBackend(): void {
  tf.registerBackend('forgotten', tf.findBackendFactory('cpu'));
  if (!tf.engine().setBackend('forgotten')) throw new Error('the backend to forget did not start');
  tf.removeBackend('forgotten');
}

describe('onBackend', () => {
  it('works where no backend was set before', async () => {
    forgetBackend();
    expect(tf.getBackend()).toBeFalsy();
    expect(await onBackend('cpu', async () => tf.getBackend())).toBe('cpu');
    expect(tf.getBackend()).toBeTruthy();
  });

  it('goes back to the backend of before, also after a failure', async () => {
    await tf.setBackend('cpu');
    tf.registerBackend('other', tf.findBackendFactory('cpu'));
    expect(await onBackend('other', async () => tf.getBackend())).toBe('other');
    expect(tf.getBackend()).toBe('cpu');
    const failing = onBackend('other', () => Promise.reject(new Error('broken')));
    await expect(failing).rejects.toThrow('broken');
    expect(tf.getBackend()).toBe('cpu');
    tf.removeBackend('other');
  });

  it('asks for a backend that is registered and starts', async () => {
    await expect(onBackend('nowhere', async () => 1)).rejects.toThrow(ConformanceError);
    tf.registerBackend('lame', () => Promise.reject(new Error('no such device')));
    await expect(onBackend('lame', async () => 1)).rejects.toThrow(/"lame" does not start/);
    expect(tf.getBackend()).toBe('cpu');
    tf.removeBackend('lame');
  });
});
