import { gaussianGrid, gaussianRing, gaussianSpiral, type PointDataset } from '../mixture.js';
import { superResolution } from '../superResolution.js';
import { cifar10, cifar100 } from './cifar.js';
import { openEmoji, openEmojiCaptions, openEmojiDomains, openEmojiPairs } from './emoji.js';
import { fashionMnist, mnist } from './mnist.js';
import type { NamedDataset } from './namedDataset.js';

const GOOGLE = 'Noto Emoji by Google (Apache 2.0)';
const TWITTER = 'Twemoji by Twitter (CC BY 4.0)';
const EMOJI_CLASSES = [
  'Activities',
  'Animals & Nature',
  'Component',
  'Flags',
  'Food & Drink',
  'Objects',
  'People & Body',
  'Smileys & Emotion',
  'Symbols',
  'Travel & Places',
];
const square = (side: number) => ({ height: side, width: side, channels: 3 });

const emoji: readonly NamedDataset[] = [
  {
    name: 'emoji',
    title: 'Emoji',
    description: '1,911 emoji (every tenth to test) in 10 categories, 32x32 RGB',
    source: `the npm package emoji-datasource: ${GOOGLE}`,
    kind: 'labelled',
    image: square(32),
    classes: EMOJI_CLASSES,
    open: (options) => openEmoji(options),
  },
  {
    name: 'emoji-pairs',
    title: 'Emoji pairs',
    description:
      '1,911 emoji (every tenth to test), given as Twitter draws them and wanted as Google does, 32x32 RGB',
    source: `the npm package emoji-datasource: ${TWITTER} and ${GOOGLE}`,
    kind: 'pairs',
    image: square(32),
    given: square(32),
    open: (options) => openEmojiPairs(options),
  },
  {
    name: 'emoji-gray',
    title: 'Emoji in gray and in colour',
    description: '955 emoji in gray and 956 others in colour (every tenth to test), 32x32 RGB',
    source: `the npm package emoji-datasource: ${GOOGLE}`,
    kind: 'domains',
    image: square(32),
    given: square(32),
    open: (options) => openEmojiDomains({ ...options, sources: 'google', gray: true }),
  },
  {
    name: 'emoji-domains',
    title: 'Emoji domains',
    description:
      '955 emoji as Twitter draws them and 956 others as Google does (every tenth to test), 32x32 RGB',
    source: `the npm package emoji-datasource: ${TWITTER} and ${GOOGLE}`,
    kind: 'domains',
    image: square(32),
    given: square(32),
    open: (options) => openEmojiDomains(options),
  },
  {
    name: 'emoji-captions',
    title: 'Emoji with captions',
    description: '1,911 emoji (every tenth to test) with their names, 32x32 RGB',
    source: `the npm package emoji-datasource: ${GOOGLE}`,
    kind: 'captions',
    image: square(32),
    open: (options) => openEmojiCaptions(options),
  },
  {
    name: 'emoji-superresolution',
    title: 'Emoji, 16x16 to 64x64',
    description: '1,911 emoji (every tenth to test), given at a quarter of the size, 64x64 RGB',
    source: `the npm package emoji-datasource-google: ${GOOGLE}`,
    kind: 'resolutions',
    image: square(64),
    given: square(16),
    async open(options) {
      const pairs = superResolution(await openEmoji({ ...options, size: 64 }), 4);
      return { ...pairs, info: { ...pairs.info, name: 'emoji-superresolution' } };
    },
  },
];

/** A toy distribution; its train and test split are the same. */
function toy(title: string, description: string, make: () => PointDataset): NamedDataset<PointDataset> {
  const { name, image, classes } = make().info;
  const source = 'drawn at random as it is asked for';
  return {
    name,
    title,
    description,
    source,
    kind: 'points',
    image,
    classes: classes!,
    open: async () => make(),
  };
}

/** Every dataset that can be asked for by name. */
export const namedDatasets: readonly NamedDataset[] = [
  mnist,
  fashionMnist,
  cifar10,
  cifar100,
  ...emoji,
  toy('Ring', '8 Gaussians on a circle', gaussianRing),
  toy('Grid', '25 Gaussians on a square grid', gaussianGrid),
  toy('Spiral', '20 Gaussians along a spiral', gaussianSpiral),
];
