export { type IdxFolderOptions, openIdxFolder, type Split } from './node/idxFolder.js';
export { fashionMnist, mnist, type NamedDataset, namedDatasets, type OpenOptions } from './node/named.js';
