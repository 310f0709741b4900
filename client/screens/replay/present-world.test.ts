import type { IncidentId } from '@maplewall/shared/domain/ids.ts';
import { epochMs, lng } from '@maplewall/shared/domain/units.ts';
import { worldHash } from '@maplewall/shared/world/world-hash.ts';
import { describe, expect, it } from 'vitest';
import { ClientWorld } from '../../world/client-world.ts';
import { CENTRE, EVENING, SmallCity } from '../../world/small-city.ts';
import { alarmBoard } from '../wall/alarms.ts';
import { announcedSince } from './behind.ts';
import { PresentWorld } from './present-world.ts';

const after = (seconds: number) => epochMs(EVENING + seconds * 1_000);
const danger = (id: string) =>
  ({
    kind: 'incident.received',
    incidentId: id as IncidentId,
    category: 'fireAndSafety',
    priority: 1,
    ...CENTRE,
    place: id,
  }) as const;

describe('the present behind a screen that was rewound', () => {
  it('is the world that a live screen has, and refuses what does not follow', () => {
    const city = new SmallCity();
    const present = new PresentWorld();
    const drawn = new ClientWorld({ city: { centre: CENTRE }, now: () => EVENING });
    expect(present.onBatch(city.batch(EVENING))).toMatchObject({ ok: false });
    present.onBatch(city.keyframe(EVENING));
    drawn.onBatch(city.keyframe(EVENING));
    city.checksIn(after(1), 'P1', 'officer');
    const keyframe = city.keyframe(after(1));
    present.onBatch(keyframe);
    drawn.onBatch(city.keyframe(after(1)));
    const lost = city.batch(after(2));
    city.checksIn(after(3), 'P2', 'officer');
    expect(present.onBatch(city.batch(after(3)))).toMatchObject({ ok: false });
    expect(lost.frames.length).toBe(1);
    present.onBatch(city.keyframe(after(4)));
    drawn.onBatch(city.keyframe(after(4)));
    expect(present.world === undefined ? '' : worldHash(present.world)).toBe(worldHash(drawn.world));
  });

  it('announces the dangers that came since somebody looks back, and not those that they knew', () => {
    const city = new SmallCity();
    const present = new PresentWorld();
    present.onBatch(city.keyframe(EVENING));
    const far = { lng: lng(CENTRE.lng + 0.05), lat: CENTRE.lat };
    city.happens(after(1), danger('old'));
    present.onBatch(city.keyframe(after(2)));
    const board = () => {
      if (present.world === undefined) throw new Error('no world');
      return alarmBoard(present.world, present.world.at);
    };
    expect(announcedSince(board(), after(5))).toMatchObject({ alarms: [], flood: 0 });
    city.happens(after(6), { ...danger('new'), ...far });
    present.onBatch(city.keyframe(after(7)));
    expect(announcedSince(board(), after(5)).alarms.map(({ place }) => place)).toEqual(['new']);
  });
});
