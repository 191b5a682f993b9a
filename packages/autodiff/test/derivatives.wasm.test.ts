import { registerWasmBackend } from '@ganjs/backend-wasm';
import { derivativeTable } from './derivativeTable.js';

derivativeTable('ganjs-wasm', () => registerWasmBackend({ threads: 1 }));
