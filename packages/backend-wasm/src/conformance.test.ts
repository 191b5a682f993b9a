import { testBackend } from '@ganjs/testkit';
import { beforeAll, describe } from 'vitest';
import { BACKEND_NAME, registerWasmBackend, setThreads } from './index.js';

beforeAll(() => registerWasmBackend());

describe.each([1, 2])('with %i threads', (threads) => {
  beforeAll(() => setThreads(threads));
  testBackend(BACKEND_NAME);
});
