import { epochMs, type EpochMs } from '@maplewall/shared/domain/units.ts';

/** Where the time comes from; tests bring their own. */
export interface Clock {
  now(): EpochMs;
}

export const systemClock: Clock = { now: () => epochMs(Date.now()) };
