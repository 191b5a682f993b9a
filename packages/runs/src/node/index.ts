export { folderStorage } from './folderStorage.js';
export { type NewRunFolder, newRunFolder } from './newRunFolder.js';
export { openRunFolder } from './openRunFolder.js';
export { nodeContext, openTaskData, type TaskData } from './openTaskData.js';
export { resolveVariant } from './resolveVariant.js';
