import { testOwnVariant } from '../testing.js';
import { dcgan } from './dcgan.js';
import { smallFamily } from './smallFamily.testing.js';

const alternating = { updates: 'alternating' };
const r1 = { 'penalty.kind': 'r1' };

// Its settings are those of the whole family.
testOwnVariant(dcgan, {
  small: smallFamily,
  others: {
    latent: 6,
    'generator.backbone': 'mlp',
    'generator.width': 32,
    'generator.initStddev': 0.1,
    'generator.count': { value: 2, with: alternating },
    'generator.stages': 2,
    'generator.kernelSize': 3,
    'generator.hiddenUnits': 4,
    'generator.stride1Layer': false,
    'generator.output': 'convolution',
    'generator.norm': 'none',
    'generator.batchNormMomentum': 0.5,
    'generator.leakySlope': 0.1,
    'discriminator.backbone': 'mlp',
    'discriminator.width': 8,
    'discriminator.initStddev': 0.1,
    'discriminator.spectralNorm': true,
    'discriminator.minibatchDiscrimination': 3,
    'discriminator.weightClip': 0.01,
    'discriminator.steps': { value: 2, with: alternating },
    'discriminator.count': { value: 2, with: alternating },
    'discriminator.stages': 2,
    'discriminator.kernelSize': 3,
    'discriminator.hiddenUnits': 4,
    'discriminator.norm': { value: 'layer', with: { 'discriminator.stages': 2 } },
    'discriminator.batchNormMomentum': {
      value: 0.5,
      with: { 'discriminator.norm': 'batch', 'discriminator.stages': 2 },
    },
    'discriminator.leakySlope': 0.1,
    'discriminator.dropout': 0,
    'objective.loss': 'hinge',
    'objective.realTarget': 0.9,
    'objective.flipLabels': 0.5,
    'objective.featureMatching': 1,
    'objective.modeSeeking': 1,
    'penalty.kind': 'r1',
    'penalty.weight': { value: 1, with: r1 },
    'penalty.every': { value: 2, with: r1 },
    'augmentation.policy': 'diffaugment',
    'augmentation.instanceNoise': 0.1,
    updates: 'alternating',
    'optimizer.rule': 'rmsprop',
    'optimizer.learningRate': 1e-3,
    'optimizer.discriminatorLearningRate': 1e-3,
    'optimizer.decayFrom': 0,
    'optimizer.beta1': 0.5,
    'optimizer.beta2': 0.9,
    ema: 0.9,
  },
});
