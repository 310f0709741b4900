import { fail, ok, type Result } from '@maplewall/shared/domain/fault.ts';
import type { EpochMs } from '@maplewall/shared/domain/units.ts';
import type { Feed, Playback } from '../../../feed/feed.ts';

const LOOK_EVERY_MS = 15;
/** A fault of history is tried again by the replay itself. */
const AFTER_FAULT_MS = 1_000;
/** Bytes may be late, and a network comes back; what is not there by then is not waited for. */
const PATIENCE_MS = 30_000;

export const wait = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });

/**
 * Brings a replay to exactly this moment and leaves it standing there, whatever hands do meanwhile: when it resolves, nothing
 * else has run since, so what is drawn at once shows the moment. 'ended' where history does not reach so far.
 */
export async function standAt(
  feed: Pick<Feed, 'state' | 'shownAt'>,
  playback: Playback,
  at: EpochMs,
  signal: AbortSignal,
): Promise<Result<'there' | 'ended'>> {
  const stands = (): boolean => feed.state.kind === 'paused' && feed.shownAt() === at;
  const until = performance.now() + PATIENCE_MS;
  for (;;) {
    signal.throwIfAborted();
    if (playback.isPlaying) playback.pause();
    if (feed.state.kind !== 'failed' && !stands()) playback.stepTo(at);
    if (stands()) return ok('there');
    const { state } = feed;
    if (state.kind === 'ended') return ok('ended');
    if (performance.now() > until)
      return state.kind === 'failed' ? { ok: false, fault: state.fault } : fail('server.unavailable');
    await wait(state.kind === 'failed' ? AFTER_FAULT_MS : LOOK_EVERY_MS);
  }
}
