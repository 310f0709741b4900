import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { IncidentId, OrderId, ResponderId } from '@maplewall/shared/domain/ids.ts';
import { epochMs, lat, lng, type EpochMs } from '@maplewall/shared/domain/units.ts';
import { ClientWorld } from '../../../world/client-world.ts';
import { placeAt } from '../../../world/mercator.ts';
import { CENTRE, EVENING, SmallCity } from '../../../world/small-city.ts';
import { insetScene, ringSeconds, ringShare, type InsetScene } from './inset-scene.ts';

const incidentId = 'i1' as IncidentId;
const orderId = 'o1' as OrderId;
const later = (seconds: number) => epochMs(EVENING + seconds * 1_000);
const EAST = { lng: CENTRE.lng + 0.001, lat: CENTRE.lat };

function cityWith(responderKind: 'volunteer' | 'officer' = 'volunteer'): SmallCity {
  const city = new SmallCity();
  city.happens(EVENING, {
    kind: 'responder.checkedIn',
    responderId: 'v1' as ResponderId,
    responderKind,
    callSign: '渔嫂-3',
  });
  city.happens(later(10), {
    kind: 'incident.received',
    incidentId,
    category: 'help',
    priority: 1,
    lng: lng(CENTRE.lng),
    lat: lat(CENTRE.lat),
    place: '世纪大道',
  });
  city.happens(later(12), { kind: 'order.offered', orderId, incidentId, responderId: 'v1' as ResponderId });
  return city;
}
const SLOW = { staleAfterSeconds: 200, ghostAfterSeconds: 300 };
function worldOf(city: SmallCity, at: EpochMs): ClientWorld {
  const clientWorld = new ClientWorld({
    city: { centre: CENTRE, ageing: { officer: SLOW } },
    now: () => at,
  });
  clientWorld.onBatch(city.keyframe(at));
  return clientWorld;
}
const sceneOf = (city: SmallCity, at: EpochMs): InsetScene | undefined =>
  insetScene(worldOf(city, at), incidentId, at);

describe('the small picture of an incident', () => {
  it('shows the half minute as it stands', () => {
    expect(sceneOf(cityWith(), later(22))).toMatchObject({
      place: '世纪大道',
      ring: { kind: 'running', seconds: 18 },
      ageSeconds: 12,
    });
  });

  it('says the seconds left as 1 until the last one is over, and those waited when they are full', () => {
    expect(ringSeconds({ kind: 'running', seconds: 0.2 })).toBe(1);
    expect(ringSeconds({ kind: 'open', seconds: 30.9 })).toBe(30);
  });

  it('has a ring that runs as the map’s: it empties, and ends whole, half or open', () => {
    expect([30, 15, 0].map((seconds) => ringShare({ kind: 'running', seconds }))).toEqual([1, 0.5, 0]);
    const ends = (['met', 'late', 'open'] as const).map((kind) => ringShare({ kind, seconds: 40 }));
    expect(ends).toEqual([1, 0.5, 0]);
  });

  it('shows who is coming once their place is known, and nobody who was only asked', () => {
    const city = cityWith();
    expect(sceneOf(city, later(22))?.going).toEqual([]);
    city.happens(later(14), { kind: 'order.stage', orderId, stage: 'accepted' });
    expect(sceneOf(city, later(22))?.going).toEqual([]);
    city.seen(later(15), [{ id: 'v1', ...EAST }]);
    const [going, ...others] = sceneOf(city, later(22))?.going ?? [];
    expect(others).toEqual([]);
    expect(going).toMatchObject({ kind: 'volunteer', age: 'fresh', around: undefined });
    expect(going?.lng).toBeCloseTo(EAST.lng, 5);
    expect(going?.lat).toBeCloseTo(EAST.lat, 5);
  });

  it('never shows an old place as fresh: its age is that of its fix at the moment shown, by the limits that hold for it', () => {
    for (const kind of ['volunteer', 'officer'] as const) {
      const city = cityWith(kind);
      city.happens(later(14), { kind: 'order.stage', orderId, stage: 'accepted' });
      city.seen(later(15), [{ id: 'v1', ...EAST }]);
      const clientWorld = worldOf(city, later(22));
      const { staleAfterSeconds, ghostAfterSeconds } = clientWorld.ageLimits.kinds[kind];
      fc.assert(
        fc.property(fc.integer({ min: 0, max: 1_000 }), (seconds) => {
          const age = insetScene(clientWorld, incidentId, later(15 + seconds))?.going[0]?.age;
          expect(age).toBe(
            seconds >= ghostAfterSeconds ? 'ghost' : seconds >= staleAfterSeconds ? 'stale' : 'fresh',
          );
        }),
        { seed: 20261128, examples: [[89], [90], [277], [300], [599], [600]] },
      );
    }
  });

  it('shows who is on the spot beside the mark, and where others are heading', () => {
    const city = cityWith();
    city.happens(later(14), { kind: 'order.stage', orderId, stage: 'accepted' });
    city.seen(later(15), [{ id: 'v1', ...EAST }]);
    city.seen(later(18), [{ id: 'v1', lng: CENTRE.lng + 0.0005, lat: CENTRE.lat }]);
    expect(sceneOf(city, later(18))?.going).toMatchObject([{ heading: 0.75, around: undefined }]);
    city.happens(later(20), { kind: 'order.stage', orderId, stage: 'onScene' });
    const [there] = sceneOf(city, later(22))?.going ?? [];
    expect(there?.around).toBeGreaterThan(0);
    expect(there?.lng).toBeCloseTo(CENTRE.lng, 5);
  });

  it('tells visitors no more than the map: the same squares, no ways, no heading', () => {
    const city = cityWith('officer');
    city.happens(later(14), { kind: 'order.stage', orderId, stage: 'accepted' });
    for (const [seconds, east] of [
      [15, 0.001],
      [18, 0.0005],
    ] as const)
      city.seen(later(seconds), [{ id: 'v1', lng: CENTRE.lng + east, lat: CENTRE.lat }]);
    const clientWorld = worldOf(city, later(22));
    const scene = (): InsetScene | undefined => insetScene(clientWorld, incidentId, later(22));
    const exact = scene();
    expect(exact?.lng).toBeCloseTo(CENTRE.lng, 9);
    expect(exact).toMatchObject({ showsWays: true, going: [{ heading: 0.75 }] });
    clientWorld.coarsen(true);
    const [x = 0, y = 0] = clientWorld.incidentMarks.table.floats;
    const onMap = placeAt(clientWorld.mercator, x, y);
    const coarse = scene();
    expect(coarse?.lng).toBeCloseTo(onMap.lng, 6);
    expect(coarse?.lat).toBeCloseTo(onMap.lat, 6);
    expect(Math.abs((coarse?.lng ?? 0) - CENTRE.lng)).toBeGreaterThan(0.0001);
    expect(coarse).toMatchObject({ showsWays: false, going: [{ heading: 0 }] });
    expect(coarse?.going[0]?.lng).not.toBeCloseTo(exact?.going[0]?.lng ?? 0, 5);
  });

  it('is none of an incident that the world does not hold', () => {
    expect(insetScene(worldOf(cityWith(), later(22)), 'other' as IncidentId, EVENING)).toBeUndefined();
  });
});
