import type { FrameNo } from '../domain/units.ts';
import { Type, type Static } from '../domain/schema.ts';

const frame = Type.Unsafe<FrameNo>(Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER }));

/**
 * First message of a viewer. `run` and `frame` name the last frame it holds; a viewer that holds nothing
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

/** 'I have drawn up to this frame': the credit by which the gateway goes on sending. */
export const drawnSchema = Type.Object({ frame }, { additionalProperties: false });
export type Drawn = Static<typeof drawnSchema>;

/** Messages from a viewer to the gateway, by socket.io event name. */
export interface UpMessages {
  hello: (message: Hello) => void;
  drawn: (message: Drawn) => void;
}
