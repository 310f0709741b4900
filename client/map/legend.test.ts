import type { City } from '@maplewall/shared/domain/city.ts';
import type { IncidentId, ResponderId, SourceId } from '@maplewall/shared/domain/ids.ts';
import { epochMs } from '@maplewall/shared/domain/units.ts';
import { describe, expect, it } from 'vitest';
import { ClientWorld } from '../world/client-world.ts';
import { CENTRE, EVENING, SmallCity } from '../world/small-city.ts';
import { legendOf } from './legend.ts';
import { pickAt } from './pick.ts';
import { PostMarks } from './post-marks.ts';
import { wantedPictures } from './wanted-pictures.ts';

const after = (seconds: number): ReturnType<typeof epochMs> => epochMs(EVENING + seconds * 1000);

function evening(ageing: City['ageing'] = {}) {
  const city = new SmallCity();
  let shown = EVENING;
  const clientWorld = new ClientWorld({ city: { centre: CENTRE, ageing }, now: () => shown });
  const postMarks = new PostMarks({ posts: [], stations: [] }, clientWorld.mercator);
  return {
    city,
    legend: (at: ReturnType<typeof epochMs>) =>
      legendOf(
        {
          clientWorld,
          marks: {
            posts: postMarks,
            crowd: { count: { people: 0, marks: 0 } },
            clusters: 0,
            ways: { heads: { count: 0 }, withoutLine: 0 },
          },
          theme: 'dark',
          usualDays: 0,
        },
        at,
      ),
    clientWorld,
    postMarks,
    show(seconds: number): void {
      shown = after(seconds);
    },
    now: () => shown,
  };
}

describe('what is on the map', () => {
  it('is counted by kind, state and age, and only what is drawn', () => {
    const { city, clientWorld, legend } = evening();
    for (const [id, kind] of [
      ['P1', 'officer'],
      ['P2', 'volunteer'],
      ['P3', 'volunteer'],
      ['P4', 'sentry'],
    ] as const)
      city.checksIn(after(-1000), id, kind);
    city.seen(after(-700), [{ id: 'P3', ...CENTRE }]);
    city.seen(after(-100), [{ id: 'P2', ...CENTRE }]);
    city.seen(after(-1), [{ id: 'P1', ...CENTRE }]);
    clientWorld.onBatch(city.keyframe(EVENING));
    expect(legend(EVENING)).toMatchObject({
      kinds: { officer: 1, volunteer: 2, sentry: 0, gridWorker: 0 },
      states: { available: 3 },
      stale: 1,
      ghosts: 1,
      openIncidents: 0,
      riskSteps: [],
    });
  });

  it('ages by the limits of its city: those of a kind, and for who reports through a source with some, those of that', () => {
    const { city, clientWorld, legend } = evening({
      volunteer: { staleAfterSeconds: 300, ghostAfterSeconds: 900 },
      sources: [{ source: 'tags' as SourceId, staleAfterSeconds: 20, ghostAfterSeconds: 60 }],
    });
    for (const id of ['P1', 'P2', 'P3', 'P4', 'P5']) city.checksIn(after(-1000), id, 'volunteer');
    for (const id of ['P4', 'P5']) city.reportsThrough(after(-900), id, 'tags');
    city.seen(after(-700), [{ id: 'P3', ...CENTRE }]);
    city.seen(
      after(-100),
      ['P2', 'P5'].map((id) => ({ id, ...CENTRE })),
    );
    city.seen(
      after(-30),
      ['P1', 'P4'].map((id) => ({ id, ...CENTRE })),
    );
    clientWorld.onBatch(city.keyframe(EVENING));
    expect(legend(EVENING)).toMatchObject({ stale: 2, ghosts: 1 });
    // The app that another one of them reports through from now on has no limits of its own.
    city.reportsThrough(after(1), 'P5', undefined);
    clientWorld.onBatch(city.batch(after(1)));
    expect(legend(after(1))).toMatchObject({ stale: 2, ghosts: 0 });
  });

  it('has a clock ring for two minutes, and an ended mark for five', () => {
    const { city, clientWorld, legend } = evening();
    city.happens(EVENING, {
      kind: 'incident.received',
      incidentId: 'I1' as IncidentId,
      category: 'help',
      priority: 3,
      ...CENTRE,
      place: 'x',
    });
    clientWorld.onBatch(city.keyframe(EVENING));
    expect(legend(EVENING).fills).toEqual({ nobody: 1, onTheWay: 0, there: 0 });
    const rings = [0, 119, 121].map((seconds) => legend(after(seconds)).clockRings);
    expect(rings).toEqual([1, 1, 0]);
    city.happens(after(200), { kind: 'incident.stage', incidentId: 'I1' as IncidentId, stage: 'closed' });
    clientWorld.onBatch(city.batch(after(200)));
    const ended = [201, 499, 501].map((seconds) => legend(after(seconds)).endedIncidents);
    expect(ended).toEqual([1, 1, 0]);
  });

  it('is an incident as full as what is still to be done for it', () => {
    const { city, clientWorld, legend } = evening();
    const incidentId = 'I1' as IncidentId;
    const received = {
      kind: 'incident.received',
      category: 'help',
      priority: 3,
      ...CENTRE,
      place: 'x',
    } as const;
    city.happens(EVENING, { ...received, incidentId });
    city.happens(EVENING, { ...received, incidentId: 'I2' as IncidentId });
    const fills = (['offered', 'accepted', 'enRoute', 'onScene', 'stable'] as const).map((stage, second) => {
      city.happens(after(second), { kind: 'incident.stage', incidentId, stage });
      clientWorld.onBatch(city.keyframe(after(second)));
      return legend(after(second)).fills;
    });
    expect(fills).toEqual([
      { nobody: 2, onTheWay: 0, there: 0 },
      { nobody: 1, onTheWay: 1, there: 0 },
      { nobody: 1, onTheWay: 1, there: 0 },
      { nobody: 1, onTheWay: 0, there: 1 },
      { nobody: 1, onTheWay: 0, there: 1 },
    ]);
  });

  it('can be picked: an incident before a responder, and nothing far away', () => {
    const { city, clientWorld, postMarks } = evening();
    city.checksIn(after(-10), 'P1', 'officer');
    city.seen(after(-1), [{ id: 'P1', ...CENTRE }]);
    clientWorld.onBatch(city.keyframe(EVENING));
    const pick = (lng: number) =>
      pickAt({ clientWorld, postMarks, lng, lat: CENTRE.lat, pixelsPerUnit: 2 ** 14, scale: 1, at: EVENING });
    expect(pick(CENTRE.lng)).toEqual({ kind: 'responder', id: 'P1' as ResponderId });
    expect(pick(CENTRE.lng + 0.01)).toBeUndefined();
    city.happens(EVENING, {
      kind: 'incident.received',
      incidentId: 'I1' as IncidentId,
      category: 'help',
      priority: 3,
      ...CENTRE,
      place: 'x',
    });
    clientWorld.onBatch(city.batch(EVENING));
    expect(pick(CENTRE.lng)).toEqual({ kind: 'incident', id: 'I1' as IncidentId });
  });
});

describe('pictures', () => {
  it('are not wanted before there is a world, nor while a replay stands still', () => {
    const { clientWorld, now, city } = evening();
    expect(wantedPictures({ clientWorld, now }, 10, undefined)).toBeUndefined();
    city.checksIn(after(-10), 'P1', 'officer');
    clientWorld.onBatch(city.keyframe(EVENING));
    expect(wantedPictures({ clientWorld, now, pace: () => 0 }, 10, undefined)?.reason).toBeUndefined();
    expect(wantedPictures({ clientWorld, now }, 10, now())?.reason).toBeUndefined();
  });

  it('are wanted once a second for ageing alone, and for a reason', () => {
    const { clientWorld, now, city } = evening();
    city.checksIn(after(-10), 'P1', 'officer');
    city.seen(after(-1), [{ id: 'P1', ...CENTRE }]);
    clientWorld.onBatch(city.keyframe(EVENING));
    expect(wantedPictures({ clientWorld, now }, 10, undefined)).toEqual({ reason: 'ageing', perSecond: 1 });
  });

  it('are wanted as fast as somebody moves, and no longer than they do', () => {
    const { clientWorld, now, city, show } = evening();
    city.checksIn(after(-10), 'P1', 'officer');
    city.seen(after(-5), [{ id: 'P1', ...CENTRE }]);
    clientWorld.onBatch(city.keyframe(EVENING));
    city.seen(after(0), [{ id: 'P1', lng: CENTRE.lng, lat: CENTRE.lat + 0.001 }]);
    show(0);
    clientWorld.onBatch(city.batch(EVENING));
    expect(wantedPictures({ clientWorld, now }, 1, undefined)).toMatchObject({ reason: 'motion' });
    const far = wantedPictures({ clientWorld, now }, 10, undefined)?.perSecond ?? 0;
    const near = wantedPictures({ clientWorld, now }, 1, undefined)?.perSecond ?? 0;
    expect(near).toBeGreaterThan(far);
    show(60);
    expect(wantedPictures({ clientWorld, now }, 1, undefined)).toMatchObject({ reason: 'ageing' });
  });

  it('are wanted at full rate while an incident arrives', () => {
    const { clientWorld, now, city } = evening();
    clientWorld.onBatch(city.keyframe(EVENING));
    city.happens(EVENING, {
      kind: 'incident.received',
      incidentId: 'I1' as IncidentId,
      category: 'help',
      priority: 3,
      ...CENTRE,
      place: 'x',
    });
    clientWorld.onBatch(city.batch(EVENING));
    expect(wantedPictures({ clientWorld, now }, 10, undefined)).toEqual({ reason: 'arrival', perSecond: 60 });
  });
});
