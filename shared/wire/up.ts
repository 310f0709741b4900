import type { EpochMs, FrameNo } from '../domain/units.ts';
import { Type, type Static } from '../domain/schema.ts';

const frame = Type.Unsafe<FrameNo>(Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER }));

/**
 * First message of a viewer, said once on a socket. `run` and `frame` name the last frame it holds; a viewer that holds nothing
 * leaves them out. The gateway answers with `welcome` and then with frames from there, or a keyframe.
 */
export const helloSchema = Type.Object(
  {
    wireVersion: Type.Integer({ minimum: 1, maximum: 1_000_000 }),
    run: Type.Optional(Type.String({ minLength: 1, maxLength: 64 })),
    frame: Type.Optional(frame),
  },
  { additionalProperties: false },
);
export type Hello = Static<typeof helloSchema>;

/** A viewer answers the first frame that it draws, and then each that is so many or more beyond the last it answered. */
export const ANSWER_EVERY_FRAMES = 2;

/** 'I have drawn up to this frame': the credit by which the gateway goes on sending. */
export const drawnSchema = Type.Object({ frame }, { additionalProperties: false });
export type Drawn = Static<typeof drawnSchema>;

const count = Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER });
const pixels = Type.Integer({ minimum: 0, maximum: 65_536 });

/** A screen certifies itself: what it really draws, and at what cost. Numbers count from the page's beginning. */
export const reportSchema = Type.Object(
  {
    /** The client build that runs there; '' while it is not known. */
    build: Type.String({ maxLength: 64 }),
    /** Of the feed: live, behind, lost … */
    feed: Type.String({ minLength: 1, maxLength: 16 }),
    view: Type.String({ minLength: 1, maxLength: 16 }),
    layout: Type.Optional(Type.String({ minLength: 1, maxLength: 40 })),
    /** The newest frame that was in the picture when it was drawn last, and when that was, in the gateway's time. */
    lastFrame: frame,
    lastFrameDrawnAt: Type.Unsafe<EpochMs>(count),
    framesDrawn: count,
    /** Null where the browser does not say. */
    heapMiB: Type.Union([Type.Number({ minimum: 0, maximum: 1e6 }), Type.Null()]),
    /** Graphics contexts built; more than one after a lost one. */
    graphicsContexts: count,
    /** Frames that the picture went past without them: merged for this screen, or skipped by a keyframe. */
    drops: count,
    reconnects: count,
    canvasWidth: pixels,
    canvasHeight: pixels,
    screenWidth: pixels,
    screenHeight: pixels,
    devicePixelRatio: Type.Number({ minimum: 0, maximum: 64 }),
    uptimeSeconds: count,
    /** Parts of the map that failed again and again and are left out for now; left out where there are none. */
    givenUp: Type.Optional(Type.Array(Type.String({ minLength: 1, maxLength: 40 }), { maxItems: 16 })),
  },
  { additionalProperties: false },
);
export type Report = Static<typeof reportSchema>;

/** Messages from a viewer to the gateway, by socket.io event name. */
export interface UpMessages {
  hello: (message: Hello) => void;
  drawn: (message: Drawn) => void;
  report: (message: Report) => void;
}
