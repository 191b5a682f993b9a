export { type IdxFolderOptions, openIdxFolder, type Split } from './node/idxFolder.js';
export {
  type FolderOptions,
  openCaptionedFolder,
  openImageFolder,
  openPairedFolders,
  openSideBySideFolder,
  openUnpairedFolders,
} from './node/imageFolder.js';
export { fashionMnist, mnist, type NamedDataset, namedDatasets, type OpenOptions } from './node/named.js';
export { sharpDecoder } from './node/sharpDecoder.js';
