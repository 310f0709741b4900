import { fail, type Result } from '@maplewall/shared/domain/fault.ts';
import type { MinuteRef } from './history-index.ts';
import type { LoadedSegment } from './open-segment.ts';
import type { FromSegments, ToSegments } from './segment-messages.ts';

/** The part of a worker that is needed; a test brings its own. */
export type SegmentWorker = Pick<Worker, 'postMessage' | 'addEventListener' | 'terminate'>;

/**
 * The thread that fetches and decodes minutes, beside the one that draws: opened when the first minute is asked for. One
 * that broke, or could not be fetched, is opened anew for the next minute.
 */
export class SegmentThread {
  readonly #open: () => SegmentWorker;
  readonly #waiting = new Map<number, (outcome: Result<LoadedSegment>) => void>();
  #worker: SegmentWorker | undefined;
  #asked = 0;

  constructor(open: () => SegmentWorker) {
    this.#open = open;
  }

  load(base: string, ref: MinuteRef): Promise<Result<LoadedSegment>> {
    const worker = (this.#worker ??= this.#start());
    const id = (this.#asked += 1);
    return new Promise((resolve) => {
      this.#waiting.set(id, resolve);
      worker.postMessage({ id, base, ref } satisfies ToSegments, []);
    });
  }

  #start(): SegmentWorker {
    const worker = this.#open();
    worker.addEventListener('message', ({ data }: MessageEvent<FromSegments>) => {
      this.#waiting.get(data.id)?.(data.outcome);
      this.#waiting.delete(data.id);
    });
    worker.addEventListener('error', () => {
      worker.terminate();
      this.#worker = undefined;
      for (const resolve of this.#waiting.values()) resolve(fail('server.unavailable'));
      this.#waiting.clear();
    });
    return worker;
  }
}

/** The one of this page. */
export const segmentThread = new SegmentThread(
  () => new Worker(new URL('./segment-worker.ts', import.meta.url), { type: 'module' }),
);
