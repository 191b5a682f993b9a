import { expect, it } from 'vitest';
import { emptyFolder, gan } from './gan.js';

const dir = emptyFolder();

it('gan variants lists each with paper, task and data', async () => {
  const { stdout } = await gan(dir, 'variants');
  expect(stdout).toMatch(/dcgan .*\n.*, 2015\n.*image-synthesis: needs images; 50 epochs in batches of 256/);
  expect(stdout).toMatch(/cgan .*\n.*\n.*class-conditional: needs images with class labels/);
});

it('gan variants NAME tells the algorithm box, settings with defaults, presets and a command', async () => {
  const { stdout } = await gan(dir, 'variants', 'dcgan');
  expect(stdout).toContain('arXiv:1511.06434');
  expect(stdout).toMatch(/draw noise z from N\(0, 1\)\n\s+update D by descending/);
  expect(stdout).toMatch(/latent\s+length of the noise vector \(default 100\)/);
  expect(stdout).toContain('--preset quick');
  expect(stdout).toContain('Try: gan train dcgan --data mnist --preset quick');
});

it.each([
  ['pix2pix', 'emoji-pairs'],
  ['cyclegan', 'emoji-gray'],
  ['srgan', 'emoji-superresolution'],
  ['text-to-image', 'emoji-captions'],
])('gan variants %s names data that suits', async (variant, data) => {
  const { stdout } = await gan(dir, 'variants', variant);
  expect(stdout).toMatch(new RegExp(`Data that suits: .*\\b${data}\\b`));
  expect(stdout).toContain(`Try: gan train ${variant} --data ${data}`);
});

it('gan datasets lists them, and checks one', async () => {
  const [list, mnist] = await Promise.all([gan(dir, 'datasets'), gan(dir, 'datasets', 'mnist')]);
  expect(list.stdout).toMatch(
    /mnist .*handwritten digits.*\n +for image-synthesis, class-conditional, super-res/,
  );
  expect(list.stdout).toMatch(
    /emoji-pairs .*\n +for image-synthesis, paired-translation, unpaired-translation\n/,
  );
  expect(list.stdout).toMatch(/paired-translation: a folder with sources\/ and images\//);
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
