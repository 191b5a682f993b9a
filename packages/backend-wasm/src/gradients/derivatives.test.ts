import { derivativeTable } from '../../../autodiff/test/derivativeTable.js';
import { registerWasmBackend } from '../index.ts';

derivativeTable('ganjs-wasm', () => registerWasmBackend({ threads: 1 }));
