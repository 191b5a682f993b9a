import { smallWorld, testVariant } from '@ganjs/testkit';
import { disposeGame, train } from '@ganjs/trainer';
import { expect, it } from 'vitest';
import { relativisticGan } from './index.js';

const settings = { latent: 4, width: 16 };
testVariant(relativisticGan, { settings });

it('begins with the losses of players of equal strength', async () => {
  const { context, data } = smallWorld(relativisticGan.task);
  const game = relativisticGan.create(relativisticGan.config.parse(settings), context);
  for await (const event of train(game, data, { batch: 4, seed: 1, length: { steps: 1 }, samples: 1 })) {
    if (event.type !== 'step') continue;
    // Two terms of ln 2 each when no side looks more real than the other.
    const loss = event.losses.find(({ move }) => move === 'discriminator')!.value;
    expect(loss).toBeGreaterThan(1);
    expect(loss).toBeLessThan(2);
  }
  disposeGame(game);
});
