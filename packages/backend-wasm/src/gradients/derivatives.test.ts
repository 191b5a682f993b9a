import { derivativeTable } from '../../../autodiff/test/derivativeTable.js';
import { registerWasmBackend } from '../index.js';

derivativeTable('ganjs-wasm', () => registerWasmBackend({ threads: 1 }));
