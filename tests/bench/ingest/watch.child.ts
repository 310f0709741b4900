import { answerParent } from '../support/child.ts';
import { RawViewers } from '../support/raw-viewer.ts';
import type { WatchAnswer, WatchRequest } from './protocol.ts';

const rawViewers = new RawViewers();
const held: number[] = [];
const first: number[] = [];

answerParent(async (request: WatchRequest): Promise<WatchAnswer> => {
  if (request.type === 'open')
    await Promise.all(
      Array.from({ length: request.count }, (_, viewer) =>
        rawViewers.open(request.port, {
          onFrame: (frame) => {
            first[viewer] ??= frame;
            held[viewer] = frame;
          },
        }),
      ),
    );
  return { frames: Math.min(...held.map((frame, viewer) => frame - (first[viewer] ?? 0))) };
});
