import { defineConfig } from 'vitest/config';
import { LongestFirst } from './longest-first.ts';

/** One run for all rooms; browser and integration tests start real servers, so files get room in time. */
export default defineConfig({
  root: new URL('..', import.meta.url).pathname,
  test: {
    exclude: ['**/node_modules/**', '**/dist/**'],
    projects: [
      // Pure parts share a worker: starting one for each file took longer than they do.
      { extends: true, test: { name: 'pure', include: ['{shared,client}/**/*.test.ts'], isolate: false } },
      { extends: true, test: { name: 'rooms', include: ['{server,mock,tests}/**/*.test.ts'] } },
    ],
    setupFiles: ['tests/fixed-seed.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
  },
});
