import { describe, expect, it } from 'vitest';
import type { IncidentId, OrderId, ResponderId } from '@maplewall/shared/domain/ids.ts';
import { epochMs, lat, lng } from '@maplewall/shared/domain/units.ts';
import { CENTRE, EVENING, SmallCity } from '../../../world/small-city.ts';
import { insetScene } from './inset-scene.ts';

const incidentId = 'i1' as IncidentId;
const later = (seconds: number) => epochMs(EVENING + seconds * 1_000);

describe('the small picture of an incident', () => {
  const city = new SmallCity();
  city.happens(EVENING, {
    kind: 'responder.checkedIn',
    responderId: 'v1' as ResponderId,
    responderKind: 'volunteer',
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
  city.happens(later(12), {
    kind: 'order.offered',
    orderId: 'o1' as OrderId,
    incidentId,
    responderId: 'v1' as ResponderId,
  });
  const worldNow = () => {
    const { keyframe } = city.keyframe(later(22));
    if (keyframe === undefined) throw new Error('a keyframe has a world');
    return keyframe.world;
  };
  const world = worldNow();

  it('shows the half minute as it stands', () => {
    expect(insetScene(world, incidentId, later(22))).toMatchObject({
      place: '世纪大道',
      ring: { kind: 'running', seconds: 18 },
      ageSeconds: 12,
    });
  });

  it('shows who is coming once their place is known, and nobody who was only asked', () => {
    expect(insetScene(world, incidentId, later(22))?.going).toEqual([]);
    city.happens(later(14), { kind: 'order.stage', orderId: 'o1' as OrderId, stage: 'accepted' });
    expect(insetScene(worldNow(), incidentId, later(22))?.going).toEqual([]);
    city.seen(later(15), [{ id: 'v1', lng: CENTRE.lng + 0.001, lat: CENTRE.lat }]);
    expect(insetScene(worldNow(), incidentId, later(22))?.going).toEqual([
      { kind: 'volunteer', callSign: '渔嫂-3', lng: CENTRE.lng + 0.001, lat: CENTRE.lat },
    ]);
  });

  it('is none of an incident that the world does not hold', () => {
    expect(insetScene(world, 'other' as IncidentId, EVENING)).toBeUndefined();
  });
});
