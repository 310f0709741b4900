import type { EpochMs, FrameNo } from '@maplewall/shared/domain/units.ts';
import type { Report } from '@maplewall/shared/wire/up.ts';
import { REPORT_EVERY_MS } from '@maplewall/shared/wire/report-pace.ts';
import type { FeedState } from '../../feed/feed.ts';

/** What has come and gone on this screen since the page began. */
export interface Tally {
  /** The newest frame in the world; 0 before the first. */
  readonly held: FrameNo | 0;
  readonly drops: number;
  readonly reconnects: number;
  /** Pictures that showed a frame for the first time. */
  readonly pictures: number;
  readonly lastFrame: FrameNo | 0;
  readonly lastFrameDrawnAt: EpochMs | 0;
}

export const newTally = (): Tally => ({
  held: 0,
  drops: 0,
  reconnects: 0,
  pictures: 0,
  lastFrame: 0,
  lastFrameDrawnAt: 0,
});

/** The world has come to a frame. Frames between it and the one before were merged or skipped; another run begins anew. */
export const withFrame = (tally: Tally, frame: FrameNo): Tally => ({
  ...tally,
  held: frame,
  drops: tally.drops + (tally.held > 0 && frame > tally.held ? frame - tally.held - 1 : 0),
});

/** A picture with all that the world held was drawn. */
export const withPicture = (tally: Tally, at: EpochMs): Tally =>
  tally.held === 0 || tally.held === tally.lastFrame
    ? tally
    : { ...tally, pictures: tally.pictures + 1, lastFrame: tally.held, lastFrameDrawnAt: at };

/** A connection that comes back was lost before; the first one was not. */
export const withState = (tally: Tally, before: FeedState, now: FeedState): Tally =>
  isGone(before) && !isGone(now) ? { ...tally, reconnects: tally.reconnects + 1 } : tally;

const isGone = ({ kind }: FeedState): boolean => kind === 'lost' || kind === 'refused';

/** What the page and its screen are at this moment. */
export interface Surroundings {
  readonly build: string;
  readonly feed: FeedState['kind'];
  readonly view: string;
  readonly layout: string | undefined;
  /** Of the map; undefined on a view that has none. */
  readonly map:
    | { readonly frames: number; readonly contexts: number; readonly givenUp: readonly string[] }
    | undefined;
  /** In device pixels; 0 by 0 without a canvas. */
  readonly canvas: { readonly width: number; readonly height: number };
  readonly screen: { readonly width: number; readonly height: number };
  readonly devicePixelRatio: number;
  readonly heapBytes: number | undefined;
  readonly uptimeMs: number;
}

export const buildReport = (tally: Tally, around: Surroundings): Report => ({
  build: around.build,
  feed: around.feed,
  view: around.view,
  ...(around.layout === undefined ? {} : { layout: around.layout }),
  lastFrame: tally.lastFrame as FrameNo,
  lastFrameDrawnAt: Math.max(0, Math.round(tally.lastFrameDrawnAt)) as EpochMs,
  framesDrawn: around.map?.frames ?? tally.pictures,
  heapMiB: around.heapBytes === undefined ? null : Math.round((around.heapBytes / 1_048_576) * 10) / 10,
  graphicsContexts: around.map?.contexts ?? 0,
  drops: tally.drops,
  reconnects: tally.reconnects,
  canvasWidth: around.canvas.width,
  canvasHeight: around.canvas.height,
  screenWidth: Math.round(around.screen.width),
  screenHeight: Math.round(around.screen.height),
  devicePixelRatio: around.devicePixelRatio,
  uptimeSeconds: Math.floor(around.uptimeMs / 1_000),
  ...(around.map?.givenUp.length ? { givenUp: [...around.map.givenUp] } : {}),
});

export interface WallReportParts {
  readonly clientWorld: {
    readonly frame: FrameNo;
    onChange(listener: () => void): () => void;
  };
  readonly shownAt: () => EpochMs;
  readonly around: () => Surroundings;
  readonly send: (report: Report) => void;
}

export interface WallReport {
  onState(now: FeedState, before: FeedState): void;
  stop(): void;
}

/**
 * Reports to the gateway what this screen really draws. A picture counts when the browser has come round to drawing after the
 * world changed, and, where there is a map, when the map has drawn one more: a page that is hidden or hangs draws none.
 */
export function startWallReport({ clientWorld, shownAt, around, send }: WallReportParts): WallReport {
  let tally = newTally();
  let asked: number | undefined;
  let framesBefore = 0;
  const look = (): void => {
    const frames = around().map?.frames;
    if (frames !== undefined && frames <= framesBefore) return;
    framesBefore = frames ?? 0;
    tally = withPicture(tally, shownAt());
  };
  const stopListening = clientWorld.onChange(() => {
    tally = withFrame(tally, clientWorld.frame);
    // After the drawing of this animation frame, the map's own included.
    asked ??= requestAnimationFrame(() => {
      asked = undefined;
      setTimeout(look);
    });
  });
  const timer = setInterval(() => {
    if (tally.held > 0) send(buildReport(tally, around()));
  }, REPORT_EVERY_MS);
  return {
    onState: (now, before) => {
      tally = withState(tally, before, now);
    },
    stop: () => {
      stopListening();
      clearInterval(timer);
      if (asked !== undefined) cancelAnimationFrame(asked);
    },
  };
}
