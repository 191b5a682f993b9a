export { checkKind, exampleOf, kindsOf, namedDatasetsOf } from './node/catalogue.js';
export { cifar10, cifar100 } from './node/cifar.js';
export {
  type EmojiDomains,
  type EmojiOptions,
  type EmojiVendor,
  openEmoji,
  openEmojiCaptions,
  openEmojiDomains,
  openEmojiPairs,
} from './node/emoji.js';
export { type IdxFolderOptions, openIdxFolder } from './node/idxFolder.js';
export {
  type FolderOptions,
  openCaptionedFolder,
  openImageFolder,
  openPairedFolders,
  openSideBySideFolder,
  openUnpairedFolders,
} from './node/imageFolder.js';
export { fashionMnist, mnist } from './node/mnist.js';
export { namedDatasets } from './node/named.js';
export type { NamedDataset, OpenOptions, Split } from './node/namedDataset.js';
export { type DataRequest, type OpenedData, openData } from './node/openData.js';
export { readImages } from './node/readImages.js';
export { sharpDecoder } from './node/sharpDecoder.js';
