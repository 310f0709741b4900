/**
 * Ours; socket.io with a JSON array of the same updates; `ws` that sends the same bytes as ours and does nothing else:
 * once with viewers that answer each frame with the same bytes as ours do, once with viewers that say nothing.
 */
export const WAYS = ['ours', 'json', 'ws', 'silentWs'] as const;
export type Way = (typeof WAYS)[number];

export type ServerRequest =
  | { readonly type: 'usage' }
  | { readonly type: 'send'; readonly way: Way; readonly frames: number; readonly everyMs: number };

export interface ServerAnswer {
  readonly ports: Readonly<Record<Way, number>>;
  /** Processor milliseconds that the whole process has used so far, and the moment, by `sharedNow`. */
  readonly cpuMs: number;
  readonly nowMs: number;
  /** When the making of each frame began, by `sharedNow`. */
  readonly sentAt: Float64Array;
  /** Number of the last frame of the way that was sent; each counts for itself. */
  readonly last: number;
}

export type ViewersRequest =
  | { readonly type: 'open'; readonly ports: Readonly<Record<Way, number>>; readonly count: number }
  | { readonly type: 'take'; readonly way: Way; readonly frames: number; readonly last: number };

export interface ViewersAnswer {
  /** When each viewer had each of the frames, by `sharedNow`. */
  readonly arrivedAt: readonly Float64Array[];
  /** Bytes of the last message, without the WebSocket's head. */
  readonly bytesPerFrame: number;
}
