import { gan } from './gan.js';
import { testOwnVariant } from './testing.js';

testOwnVariant(gan, {
  small: { latent: 5, 'generator.hiddenUnits': 16, 'discriminator.units': 8 },
  others: {
    latent: 6,
    'generator.hiddenUnits': 8,
    'discriminator.units': 4,
    'discriminator.pieces': 2,
    'objective.loss': 'minimax',
    'optimizer.rule': 'sgd',
    'optimizer.learningRate': 1e-3,
    'optimizer.beta1': 0.9,
    'optimizer.momentum': { value: 0.9, with: { 'optimizer.rule': 'sgd' } },
  },
});
