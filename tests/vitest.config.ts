import { defineConfig } from 'vitest/config';
import { LongestFirst } from './longest-first.ts';

/** One run for all rooms; browser and integration tests start real servers, so files get room in time. */
export default defineConfig({
  root: new URL('..', import.meta.url).pathname,
  test: {
    include: ['{shared,server,client,mock,tests}/**/*.test.ts'],
    exclude: ['**/node_modules/**', '**/dist/**'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
  },
});
