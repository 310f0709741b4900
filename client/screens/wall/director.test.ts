import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { IncidentId, SourceId } from '@maplewall/shared/domain/ids.ts';
import type { CityEvent } from '@maplewall/shared/domain/event.ts';
import { epochMs, lat, lng, seqNo, type EpochMs } from '@maplewall/shared/domain/units.ts';
import { emptyWorld } from '@maplewall/shared/world/empty-world.ts';
import { applyEvent } from '@maplewall/shared/world/fold.ts';
import type { World } from '@maplewall/shared/world/world.ts';
import {
  beginDirection,
  direct,
  directedCamera,
  insetsOf,
  REST_MS,
  wantedShot,
  type Shot,
} from './director.ts';

const START = 1_795_435_200_000;
const at = (seconds: number): EpochMs => epochMs(START + seconds * 1_000);

function worldOf(...happened: readonly (readonly [seconds: number, event: CityEvent])[]): World {
  const world = emptyWorld();
  for (const [index, [seconds, event]] of happened.entries())
    applyEvent(world, {
      seq: seqNo(index + 1),
      at: at(seconds),
      receivedAt: at(seconds),
      source: '110' as SourceId,
      key: String(index),
      mode: 'Actual',
      type: 'event',
      event,
    });
  return world;
}
const received = (id: string, priority: 1 | 2 | 3 | 4, east = 0): CityEvent => ({
  kind: 'incident.received',
  incidentId: id as IncidentId,
  category: 'publicOrder',
  priority,
  lng: lng(120.56 + east),
  lat: lat(27.54),
  place: '世纪大道',
});
const stage = (id: string, reached: 'onScene' | 'stable' | 'closed'): CityEvent => ({
  kind: 'incident.stage',
  incidentId: id as IncidentId,
  stage: reached,
});
const CITY = [120.4, 27.4, 120.8, 27.7] as const;
const nameOf = (shot: Shot): string => (shot.kind === 'overview' ? 'overview' : shot.id);
const shown = (world: World, seconds: number): string => nameOf(wantedShot(world, at(seconds), CITY).shot);

describe('what ought to be seen', () => {
  it('is the whole city while nobody is in danger', () => {
    const world = worldOf([0, received('a', 2)], [1, received('b', 4)]);
    expect(shown(world, 5)).toBe('overview');
  });

  it('is a new danger to life from its first second until it is stable, and a little longer', () => {
    const world = worldOf([0, received('a', 1)], [60, stage('a', 'onScene')], [80, stage('a', 'stable')]);
    expect(shown(world, 0)).toBe('a');
    expect(shown(world, 79)).toBe('a');
    expect(shown(world, 94)).toBe('a');
    expect(shown(world, 96)).toBe('overview');
  });

  it('is an incident that becomes a danger to life, however long it has been known', () => {
    const urgent = { kind: 'incident.reprioritised', incidentId: 'a' as IncidentId, priority: 1 } as const;
    const world = worldOf([0, received('a', 2)], [590, received('b', 1)], [600, urgent]);
    const wanted = wantedShot(world, at(601), CITY);
    expect([nameOf(wanted.shot), wanted.insets]).toEqual(['a', ['b']]);
  });

  it('is a danger at once that a source reports whose clock is ahead', () => {
    const world = worldOf([0, received('b', 1)], [240, received('a', 1)]);
    const wanted = wantedShot(world, at(1), CITY);
    expect(nameOf(wanted.shot)).toBe('a');
    expect(wanted.insets).toEqual(['b']);
  });

  it('is nobody for ever: after five minutes the city comes back', () => {
    const world = worldOf([0, received('a', 1)]);
    expect(shown(world, 299)).toBe('a');
    expect(shown(world, 301)).toBe('overview');
  });

  it('is the newest of several dangers, with the others beside it, at most three', () => {
    const world = worldOf(
      ...['a', 'b', 'c', 'd', 'e'].map((id, index) => [index * 5, received(id, 1)] as const),
    );
    const wanted = wantedShot(world, at(30), CITY);
    expect(nameOf(wanted.shot)).toBe('e');
    expect(wanted.insets).toEqual(['d', 'c', 'b']);
  });

  it('is never a place outside of the city, whatever was reported from there', () => {
    const world = worldOf(
      [0, received('inside', 1)],
      [1, received('far', 1, -120)],
      [2, received('off', 1, 1)],
    );
    expect(wantedShot(world, at(5), CITY)).toMatchObject({ shot: { id: 'inside' }, insets: [] });
  });
});

describe('the camera', () => {
  it('goes to a danger at once, rests, and comes back when it is over', () => {
    const told = [[10, received('a', 1)] as const, [30, stage('a', 'stable')] as const];
    let direction = beginDirection(wantedShot(worldOf(), at(0), CITY));
    const moves: (readonly [number, string])[] = [];
    for (let second = 0; second < 120; second += 0.25) {
      const world = worldOf(...told.filter(([since]) => since <= second));
      const next = direct(direction, wantedShot(world, at(second), CITY), at(second));
      if (next !== direction) moves.push([second, nameOf(next.shot)]);
      direction = next;
    }
    expect(moves).toEqual([
      [10, 'a'],
      [45, 'overview'],
    ]);
  });

  it('never moves twice within ten seconds, whatever comes and in whatever order it is heard', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            heardAt: fc.integer({ min: 0, max: 100 }),
            late: fc.integer({ min: 0, max: 30 }),
            stableAfter: fc.option(fc.integer({ min: 0, max: 40 }), { nil: undefined }),
          }),
          { maxLength: 12 },
        ),
        (incidents) => {
          let direction = beginDirection(wantedShot(worldOf(), at(0), CITY));
          let lastMove = -Infinity;
          for (let second = 0; second < 150; second += 0.5) {
            const known = incidents
              .map((incident, index) => ({ ...incident, id: `i${index}` }))
              .filter(({ heardAt }) => heardAt <= second);
            const world = worldOf(
              ...known.flatMap(({ id, heardAt, late, stableAfter }) => [
                [heardAt - late, received(id, 1)] as const,
                ...(stableAfter === undefined || heardAt - late + stableAfter > second
                  ? []
                  : [[heardAt - late + stableAfter, stage(id, 'stable')] as const]),
              ]),
            );
            const next = direct(direction, wantedShot(world, at(second), CITY), at(second));
            if (next === direction) continue;
            expect((second - lastMove) * 1_000).toBeGreaterThanOrEqual(REST_MS);
            lastMove = second;
            direction = next;
          }
        },
      ),
      { seed: 20261124, numRuns: 60 },
    );
  });

  it('moves again after a jump back in time', () => {
    const world = worldOf([0, received('a', 1)]);
    const there = direct(
      beginDirection({ shot: { kind: 'overview' }, insets: [] }),
      wantedShot(world, at(200), CITY),
      at(200),
    );
    expect(nameOf(direct(there, wantedShot(worldOf(), at(50), CITY), at(50)).shot)).toBe('overview');
    const zoom = directedCamera(there, at(50), (shot) => ({
      lng: 120,
      lat: 27,
      zoom: shot.kind === 'overview' ? 12 : 16,
    })).zoom;
    expect(zoom).toBe(16);
  });

  it('is under way for 1.2 seconds and then stands', () => {
    const cameraOf = (shot: Shot) => ({ lng: 120.56, lat: 27.54, zoom: shot.kind === 'overview' ? 12 : 16 });
    const direction = direct(
      beginDirection({ shot: { kind: 'overview' }, insets: [] }),
      wantedShot(worldOf([0, received('a', 1)]), at(0), CITY),
      at(0),
    );
    const zoom = (seconds: number): number => directedCamera(direction, at(seconds), cameraOf).zoom;
    expect(zoom(0)).toBe(12);
    expect(zoom(0.6)).toBeCloseTo(14, 5);
    expect(zoom(1.2)).toBe(16);
    expect(zoom(60)).toBe(16);
  });
});

describe('insets', () => {
  it('show a new danger at once while the camera still rests on another', () => {
    const world = worldOf([0, received('a', 1)], [3, received('b', 1)]);
    const atA = direct(
      beginDirection({ shot: { kind: 'overview' }, insets: [] }),
      wantedShot(worldOf([0, received('a', 1)]), at(0), CITY),
      at(0),
    );
    const wanted = wantedShot(world, at(3), CITY);
    const still = direct(atA, wanted, at(3));
    expect(nameOf(still.shot)).toBe('a');
    expect(insetsOf(still, wanted)).toEqual(['b']);
    const later = direct(still, wanted, at(10));
    expect(nameOf(later.shot)).toBe('b');
    expect(insetsOf(later, wanted)).toEqual(['a']);
  });
});
