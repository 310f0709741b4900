import { openWayWorker } from './open-way-worker.ts';
import type { FromWays, Place, ToWays } from './way-messages.ts';

/** Finds ways along the streets, somewhere else than on the thread that draws. */
export interface WaySource {
  /** Longitude, latitude, longitude …; undefined when no way is known. */
  find(from: Place, to: Place): Promise<Float64Array | undefined>;
  dispose(): void;
}

/** A worker that reads the pack's roads when the first way is asked for. */
export class WorkerWays implements WaySource {
  readonly #url: string;
  readonly #centre: Place;
  readonly #onFailure: (error: unknown) => void;
  readonly #waiting = new Map<number, (points: Float64Array | undefined) => void>();
  #worker: Worker | undefined;
  #asked = 0;

  constructor(url: string, centre: Place, onFailure: (error: unknown) => void) {
    this.#url = url;
    this.#centre = centre;
    this.#onFailure = onFailure;
  }

  find(from: Place, to: Place): Promise<Float64Array | undefined> {
    const worker = (this.#worker ??= this.#start());
    const id = (this.#asked += 1);
    return new Promise((resolve) => {
      this.#waiting.set(id, resolve);
      worker.postMessage({ type: 'way', id, from, to } satisfies ToWays, []);
    });
  }

  dispose(): void {
    this.#worker?.terminate();
    this.#answerAll();
  }

  #start(): Worker {
    const worker = openWayWorker();
    worker.addEventListener('message', ({ data }: MessageEvent<FromWays>) => {
      if (data.type === 'failed') {
        this.#onFailure(new Error(data.message));
        return;
      }
      this.#waiting.get(data.id)?.(data.points);
      this.#waiting.delete(data.id);
    });
    worker.addEventListener('error', (event) => {
      this.#onFailure(new Error(event.message));
      this.#answerAll();
    });
    worker.postMessage({ type: 'roads', url: this.#url, centre: this.#centre } satisfies ToWays, []);
    return worker;
  }

  #answerAll(): void {
    for (const resolve of this.#waiting.values()) resolve(undefined);
    this.#waiting.clear();
  }
}
