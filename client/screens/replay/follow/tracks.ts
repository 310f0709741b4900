import type { ResponderId } from '@maplewall/shared/domain/ids.ts';
import type { EpochMs } from '@maplewall/shared/domain/units.ts';
import { applyFrame } from '@maplewall/shared/frame/apply-frame.ts';
import { decodeKeyframe } from '@maplewall/shared/frame/keyframe.ts';
import { minutesOf } from '../../../feed/history-index.ts';
import type { HistorySource } from '../../../feed/history-source.ts';
import { fixOf, type Place } from './subject.ts';

export type Tracks = ReadonlyMap<ResponderId, readonly Place[]>;

/**
 * Where people have been between two moments, fix by fix, from history's segments. Minutes that cannot be read are left
 * out: a track with a hole is still true.
 * @param dayOf the day of the city that a moment belongs to
 */
export async function readTracks(
  source: HistorySource,
  who: readonly ResponderId[],
  { from, to }: { readonly from: EpochMs; readonly to: EpochMs },
  dayOf: (at: EpochMs) => string,
): Promise<Tracks> {
  const tracks = new Map(who.map((id) => [id, [] as Place[]]));
  const lastAt = new Map<ResponderId, EpochMs>();
  for (const day of new Set([dayOf(from), dayOf(to)])) {
    const detail = await source.day(day);
    if (!detail.ok) continue;
    const minutes = minutesOf(detail.value).filter(({ startsAt, endsAt }) => endsAt > from && startsAt <= to);
    for (const ref of minutes) {
      const segment = await source.segment(ref);
      const keyframe = segment.ok ? decodeKeyframe(segment.value.keyframe) : undefined;
      if (!segment.ok || keyframe?.ok !== true) continue;
      const { world } = keyframe.value;
      for (const frame of [undefined, ...segment.value.frames]) {
        if (frame !== undefined && (frame.at > to || !applyFrame(world, frame).ok)) break;
        for (const [id, track] of tracks) {
          const fix = fixOf(world, id);
          if (fix === undefined || fix.at < from || fix.at <= (lastAt.get(id) ?? 0)) continue;
          lastAt.set(id, fix.at);
          track.push({ lng: fix.lng, lat: fix.lat });
        }
      }
    }
  }
  return tracks;
}
