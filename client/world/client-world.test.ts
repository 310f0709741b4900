import type { GridId, IncidentId } from '@maplewall/shared/domain/ids.ts';
import { epochMs } from '@maplewall/shared/domain/units.ts';
import { worldHash } from '@maplewall/shared/world/world-hash.ts';
import { describe, expect, it } from 'vitest';
import { ClientWorld, type WorldChange } from './client-world.ts';
import { INCIDENT_STRIDE_BYTES, NEVER_SECONDS } from './incident-marks.ts';
import { CENTRE, EVENING, SmallCity } from './small-city.ts';

const after = (seconds: number): ReturnType<typeof epochMs> => epochMs(EVENING + seconds * 1000);
const client = (): ClientWorld => new ClientWorld({ city: { centre: CENTRE }, now: () => EVENING });
const incident = (id: string, priority: 1 | 2 | 3 | 4) =>
  ({
    kind: 'incident.received',
    incidentId: id as IncidentId,
    category: 'traffic',
    priority,
    ...CENTRE,
    place: '世纪大道',
  }) as const;

describe('the client’s world', () => {
  it('takes nothing before a keyframe', () => {
    const city = new SmallCity();
    const outcome = client().onBatch(city.batch(EVENING));
    expect(outcome).toMatchObject({ ok: false, fault: { code: 'frame.outOfOrder' } });
  });

  it('refuses a frame that does not follow, and stays as it was', () => {
    const city = new SmallCity();
    const watched = client();
    watched.onBatch(city.keyframe(EVENING));
    city.checksIn(after(1), 'P1', 'officer');
    const first = city.batch(after(1));
    const second = city.batch(after(2));
    const before = worldHash(watched.world);
    expect(watched.onBatch(second)).toMatchObject({ ok: false, fault: { code: 'frame.outOfOrder' } });
    expect(worldHash(watched.world)).toBe(before);
    expect(watched.onBatch(first).ok).toBe(true);
    expect(watched.onBatch(second).ok).toBe(true);
    expect(watched.frame).toBe(second.frames[0]?.to);
  });

  it('is the world of the gateway after keyframe and frames', () => {
    const city = new SmallCity();
    const one = client();
    one.onBatch(city.keyframe(EVENING));
    city.checksIn(after(1), 'P1', 'officer');
    city.seen(after(1), [{ id: 'P1', ...CENTRE }]);
    one.onBatch(city.batch(after(1)));
    city.happens(after(2), incident('I1', 1));
    one.onBatch(city.batch(after(2)));
    const other = client();
    other.onBatch(city.keyframe(after(2)));
    expect(worldHash(one.world)).toBe(worldHash(other.world));
  });

  it('says what a batch touched', () => {
    const city = new SmallCity();
    const watched = client();
    const changes: WorldChange[] = [];
    const stop = watched.onChange((change) => changes.push(change));
    watched.onBatch(city.keyframe(EVENING));
    city.happens(after(1), { kind: 'grid.risk', risks: [{ gridId: 'G1' as GridId, level: 50 }] });
    watched.onBatch(city.batch(after(1)));
    stop();
    watched.onBatch(city.batch(after(2)));
    expect(changes).toHaveLength(2);
    expect(changes[0]).toMatchObject({ replaced: true });
    expect(changes[1]).toMatchObject({ replaced: false, risks: true, positions: false });
  });

  it('draws urgent incidents last, ended ones first, and forgets those that ended long ago', () => {
    const city = new SmallCity();
    const watched = client();
    for (const [id, priority] of [
      ['I1', 1],
      ['I3', 3],
      ['I4', 4],
      ['I2', 2],
      ['gone', 1],
      ['old', 1],
    ] as const)
      city.happens(after(-900), incident(id, priority));
    city.happens(after(-60), { kind: 'incident.stage', incidentId: 'gone' as IncidentId, stage: 'closed' });
    city.happens(after(-301), { kind: 'incident.stage', incidentId: 'old' as IncidentId, stage: 'closed' });
    watched.onBatch(city.keyframe(EVENING));
    expect(watched.incidentMarks.ids).toEqual(['gone', 'I4', 'I3', 'I2', 'I1']);
    expect(watched.incidentMarks.table.count).toBe(5);
  });

  it('lets only an incident that comes while one looks arrive with a movement', () => {
    const city = new SmallCity();
    const watched = client();
    city.happens(after(-5), incident('I1', 3));
    watched.onBatch(city.keyframe(EVENING));
    city.happens(after(0), incident('I2', 3));
    watched.onBatch(city.batch(EVENING));
    const firstShown = [0, 1].map(
      (row) => watched.incidentMarks.table.floats[(row * INCIDENT_STRIDE_BYTES) / 4 + 5],
    );
    expect(watched.incidentMarks.ids).toEqual(['I1', 'I2']);
    expect(firstShown).toEqual([-NEVER_SECONDS, 0]);
  });
});
