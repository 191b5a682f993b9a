export { browserRuns, browserStorage } from './browserStorage.js';
