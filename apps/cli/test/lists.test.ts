import { expect, it } from 'vitest';
import { emptyFolder, gan } from './gan.js';

const dir = emptyFolder();

it('gan variants lists each with paper, task and data', async () => {
  const { stdout } = await gan(dir, 'variants');
  expect(stdout).toMatch(/dcgan .*\n.*image-synthesis \(needs images\).*2015/);
  expect(stdout).toMatch(/cgan .*\n.*class-conditional \(needs images with class labels\)/);
});

it('gan variants NAME tells settings with defaults, presets and a command', async () => {
  const { stdout } = await gan(dir, 'variants', 'dcgan');
  expect(stdout).toContain('arXiv:1511.06434');
  expect(stdout).toMatch(/latent\s+length of the noise vector \(default 100\)/);
  expect(stdout).toContain('--preset quick');
  expect(stdout).toContain('Try: gan train dcgan --data mnist --preset quick');
});

it('gan datasets lists them, and checks one', async () => {
  const [list, mnist] = await Promise.all([gan(dir, 'datasets'), gan(dir, 'datasets', 'mnist')]);
  expect(list.stdout).toMatch(/mnist .*handwritten digits/);
  expect(mnist.stdout).toContain('60000 training images of 28x28x1');
});

it('gan doctor says what works, what does not and how to enable it', async () => {
  const { stdout, code } = await gan(dir, 'doctor');
  expect(code).toBe(0);
  expect(stdout).toMatch(/wasm\s+works/);
  expect(stdout).toMatch(/cpu\s+works/);
  expect(stdout).toMatch(/node-gpu\s+not here.*\n.*npm install @tensorflow\/tfjs-node-gpu/);
  expect(stdout).toContain('--backend auto takes wasm');
});
