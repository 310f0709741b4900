import { ok } from '@maplewall/shared/domain/fault.ts';
import type { IncidentId, OrderId, ResponderId, TeamId } from '@maplewall/shared/domain/ids.ts';
import { epochMs, frameNo, minuteOf, type EpochMs } from '@maplewall/shared/domain/units.ts';
import { encodeFrame } from '@maplewall/shared/frame/encode-frame.ts';
import { encodeKeyframe } from '@maplewall/shared/frame/keyframe.ts';
import { encodeSegment } from '@maplewall/shared/frame/segment.ts';
import type { HistoryDayDetail } from '@maplewall/shared/wire/history.ts';
import { putInEnvelope } from '@maplewall/shared/wire/envelope.ts';
import type { World } from '@maplewall/shared/world/world.ts';
import { describe, expect, it } from 'vitest';
import type { HistorySource } from '../../../feed/history-source.ts';
import { openSegment } from '../../../feed/open-segment.ts';
import { CENTRE, EVENING, SmallCity } from '../../../world/small-city.ts';
import { boundsOfSubject, fixOf, peopleOf } from './subject.ts';
import { readTracks } from './tracks.ts';

const MINUTE_MS = 60_000;
const START = epochMs(Math.floor(EVENING / MINUTE_MS) * MINUTE_MS);
const after = (seconds: number): EpochMs => epochMs(START + seconds * 1_000);
const ana = 'ana' as ResponderId;
const bo = 'bo' as ResponderId;
const incidentId = 'I1' as IncidentId;

function busyCity(): SmallCity {
  const city = new SmallCity();
  city.frame(START);
  for (const responderId of [ana, bo])
    city.happens(after(1), {
      kind: 'responder.checkedIn',
      responderId,
      responderKind: 'volunteer',
      callSign: responderId,
      teamId: 'red' as TeamId,
    });
  city.happens(after(2), {
    kind: 'incident.received',
    incidentId,
    category: 'traffic',
    priority: 1,
    ...CENTRE,
    place: '世纪大道',
  });
  city.happens(after(3), { kind: 'order.offered', orderId: 'O1' as OrderId, incidentId, responderId: ana });
  city.happens(after(3), { kind: 'order.offered', orderId: 'O2' as OrderId, incidentId, responderId: bo });
  city.happens(after(4), { kind: 'order.stage', orderId: 'O1' as OrderId, stage: 'accepted' });
  return city;
}
function worldOf(city: SmallCity, at: EpochMs): World {
  const { keyframe } = city.keyframe(at);
  if (keyframe === undefined) throw new Error('no keyframe');
  return keyframe.world;
}

describe('what the camera of a replay goes along with', () => {
  it('is, for an incident, those who said that they go, and not everybody who was asked', () => {
    const world = worldOf(busyCity(), after(5));
    expect(peopleOf(world, { kind: 'incident', id: incidentId })).toEqual([ana]);
    expect(peopleOf(world, { kind: 'team', id: 'red' as TeamId })).toEqual([ana, bo]);
    expect(peopleOf(world, { kind: 'responder', id: 'gone' as ResponderId })).toEqual([]);
  });

  it('holds the incident and its people in one view, and nothing when nobody is there', () => {
    const city = busyCity();
    const far = { lng: CENTRE.lng + 0.02, lat: CENTRE.lat };
    city.seen(after(5), [{ id: ana, ...far }]);
    const world = worldOf(city, after(6));
    const bounds = boundsOfSubject(world, { kind: 'incident', id: incidentId }, (id) => fixOf(world, id));
    expect(bounds?.[0]).toBeLessThan(CENTRE.lng);
    expect(bounds?.[2]).toBeGreaterThan(far.lng);
    expect(boundsOfSubject(world, { kind: 'responder', id: bo }, (id) => fixOf(world, id))).toBeUndefined();
  });
});

describe('the track behind somebody', () => {
  it('is made of the fixes between two moments, and goes past minutes that cannot be read', async () => {
    const city = busyCity();
    const step = (second: number): { readonly id: string; readonly lng: number; readonly lat: number } => ({
      id: ana,
      lng: CENTRE.lng + second / 100_000,
      lat: CENTRE.lat,
    });
    const segmentOf = (first: number): Uint8Array => {
      const keyframe = encodeKeyframe(worldOf(city, after(first)), frameNo(0));
      const frames = [10, 20, 30].map((second) => {
        city.seen(after(first + second), [step(first + second)]);
        return encodeFrame(city.frame(after(first + second)));
      });
      return putInEnvelope(encodeSegment({ minute: minuteOf(after(first)), keyframe, frames }), false);
    };
    city.frame(after(59));
    const segments = new Map([0, 1, 2].map((minute) => [minute, segmentOf((minute + 1) * 60)]));
    const day: HistoryDayDetail = {
      day: 'today',
      startsAt: START,
      endsAt: epochMs(START + 86_400_000),
      minutesWithRecords: 3,
      minutesSealed: 3,
      hours: [],
      minutes: [0, 1, 2].map((minute) => ({
        minute: `${minute}`,
        startsAt: after((minute + 1) * 60),
        etag: 'v',
        bytes: 1,
      })),
    };
    const source: HistorySource = {
      days: () => Promise.reject(new Error('not asked')),
      day: () => Promise.resolve(ok(day)),
      segment: ({ minute }) =>
        openSegment(minute === '1' ? new Uint8Array(3) : (segments.get(Number(minute)) ?? new Uint8Array())),
    };
    const tracks = await readTracks(source, [ana, bo], { from: after(75), to: after(205) }, () => 'today');
    expect(tracks.get(bo)).toEqual([]);
    expect(tracks.get(ana)?.map(({ lng }) => Math.round((lng - CENTRE.lng) * 100_000))).toEqual([
      // Of the minute that cannot be read its last fix is known all the same, by the next one's keyframe.
      80, 90, 150, 190, 200,
    ]);
  });
});
