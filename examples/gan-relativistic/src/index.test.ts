import { fromArrays } from '@ganjs/datasets';
import { disposeGame, train } from '@ganjs/trainer';
import { expect, it } from 'vitest';
import { relativisticGan } from './index.js';

it('plays two steps with losses near those of equal players', async () => {
  const image = { height: 8, width: 8, channels: 1 };
  const data = fromArrays({ name: 'gray', images: new Uint8Array(16 * 64).fill(100), image });
  const config = relativisticGan.config.parse({ latent: 4, width: 16 });
  const game = relativisticGan.create(config, { image, classes: 0, seed: 1 });
  const losses: Record<string, number>[] = [];
  for await (const event of train(game, data, { batch: 4, seed: 1, length: { steps: 2 } })) {
    if (event.type === 'step') losses.push(event.losses);
  }
  disposeGame(game);
  expect(losses).toHaveLength(2);
  // Two terms of ln 2 each when no side looks more real than the other.
  expect(losses[0]!['discriminator/adversarial']).toBeGreaterThan(1);
  expect(losses[0]!['discriminator/adversarial']).toBeLessThan(2);
});
