import type { Result } from '@maplewall/shared/domain/fault.ts';
import type { MinuteRef } from './history-index.ts';
import type { LoadedSegment } from './open-segment.ts';

/** To the thread: a minute that is wanted. */
export interface ToSegments {
  readonly id: number;
  /** Where history is, on this gateway. */
  readonly base: string;
  readonly ref: MinuteRef;
}

/** From the thread: that minute, its columns handed over and not copied. */
export interface FromSegments {
  readonly id: number;
  readonly outcome: Result<LoadedSegment>;
}
