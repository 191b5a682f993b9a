import { derivativeTable } from './derivativeTable.js';

derivativeTable('cpu');
