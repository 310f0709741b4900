import { fetchSegment } from './fetch-segment.ts';
import { columnsOf } from './open-segment.ts';
import type { FromSegments, ToSegments } from './segment-messages.ts';

/** Fetches, inflates and decodes minutes, and hands them over with their columns. */
addEventListener('message', ({ data: { id, base, ref } }: MessageEvent<ToSegments>) => {
  void fetchSegment(base, ref).then((outcome) => {
    const message: FromSegments = { id, outcome };
    postMessage(message, { transfer: outcome.ok ? [...columnsOf(outcome.value)] : [] });
  });
});
