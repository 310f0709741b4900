/** The worker that finds ways: a file of its own, fetched when the first way is asked for. */
export const openWayWorker = (): Worker =>
  new Worker(new URL('./way-worker.ts', import.meta.url), { type: 'module' });
