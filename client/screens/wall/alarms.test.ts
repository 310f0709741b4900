import { describe, expect, it } from 'vitest';
import type { CityEvent } from '@maplewall/shared/domain/event.ts';
import type { IncidentId, SourceId } from '@maplewall/shared/domain/ids.ts';
import { epochMs, lat, lng, seqNo, type EpochMs } from '@maplewall/shared/domain/units.ts';
import { emptyWorld } from '@maplewall/shared/world/empty-world.ts';
import { applyEvent } from '@maplewall/shared/world/fold.ts';
import type { World } from '@maplewall/shared/world/world.ts';
import { alarmBoard, MOST_PRESENTED } from './alarms.ts';

const START = 1_795_435_200_000;
const at = (seconds: number): EpochMs => epochMs(START + seconds * 1_000);
type Happened = readonly [seconds: number, event: CityEvent];

function worldOf(happened: readonly Happened[]): World {
  const world = emptyWorld();
  for (const [index, [seconds, event]] of happened.entries())
    applyEvent(world, {
      type: 'event',
      seq: seqNo(index + 1),
      at: at(seconds),
      receivedAt: at(seconds),
      source: '110' as SourceId,
      key: String(index),
      mode: 'Actual',
      event,
    });
  return world;
}
/** `east` in kilometres or so. */
const received = (id: string, east: number, priority: 1 | 2 = 1): CityEvent => ({
  kind: 'incident.received',
  incidentId: id as IncidentId,
  category: 'publicOrder',
  priority,
  lng: lng(120.5 + east / 100),
  lat: lat(27.54),
  place: `place ${id}`,
});
const acknowledged = (id: string): CityEvent => ({
  kind: 'incident.acknowledged',
  incidentId: id as IncidentId,
  by: '陈队',
});
const closed = (id: string): CityEvent => ({
  kind: 'incident.stage',
  incidentId: id as IncidentId,
  stage: 'closed',
});

describe('alarms', () => {
  it('are dangers to life that nobody has acknowledged, newest first', () => {
    const world = worldOf([
      [0, received('a', 0)],
      [1, received('b', 1, 2)],
      [5, received('c', 2)],
    ]);
    expect(alarmBoard(world, at(6)).alarms.map(({ id }) => id)).toEqual(['c', 'a']);
    expect(alarmBoard(world, at(6)).newest).toBe('c');
    expect(alarmBoard(world, at(2)).alarms.map(({ id }) => id)).toEqual(['a']);
  });

  it('go when a supervisor acknowledges them, on every screen that holds the same world', () => {
    const happened: Happened[] = [[0, received('a', 0)]];
    expect(alarmBoard(worldOf(happened), at(10)).alarms).toHaveLength(1);
    happened.push([12, acknowledged('a')]);
    expect(alarmBoard(worldOf(happened), at(12)).alarms).toEqual([]);
  });

  it('go a minute after their incident is over when nobody answered', () => {
    const world = worldOf([
      [0, received('a', 0)],
      [30, closed('a')],
    ]);
    expect(alarmBoard(world, at(89)).alarms).toHaveLength(1);
    expect(alarmBoard(world, at(91)).alarms).toEqual([]);
  });

  it('of one place are one, which is as new as its newest', () => {
    const world = worldOf([
      [0, received('a', 0)],
      [20, received('b', 0.1)],
      [25, received('c', 3)],
      [40, received('d', 0.05)],
    ]);
    const { alarms, newest } = alarmBoard(world, at(41));
    expect(alarms.map(({ id, ids }) => [id, ids])).toEqual([
      ['c', ['c']],
      ['a', ['a', 'b', 'd']],
    ]);
    expect(alarms.at(-1)).toMatchObject({ since: at(0), newestAt: at(40), place: 'place d' });
    expect(newest).toBe('c');
  });

  it('of one place stand as long as one of them is not acknowledged', () => {
    const world = worldOf([
      [0, received('a', 0)],
      [20, received('b', 0.1)],
      [30, acknowledged('a')],
    ]);
    expect(alarmBoard(world, at(31)).alarms.map(({ ids }) => ids)).toEqual([['b']]);
  });
});

describe('a flood of alarms', () => {
  const flood = (count: number, stepSeconds: number): Happened[] =>
    Array.from({ length: count }, (_, index) => [
      index * stepSeconds,
      received(`i${String(index).padStart(3, '0')}`, index),
    ]);

  it('is said from the eleventh new alarm in ten minutes on, and no more are presented', () => {
    const ten = alarmBoard(worldOf(flood(10, 20)), at(200));
    expect(ten.flood).toBe(0);
    expect(ten.alarms).toHaveLength(MOST_PRESENTED);
    const fourteen = alarmBoard(worldOf(flood(14, 20)), at(280));
    expect(fourteen.flood).toBe(14);
    expect(fourteen.alarms).toHaveLength(MOST_PRESENTED);
    expect(fourteen.newest).toBe('i009');
  });

  it('never presents more than ten new ones in any ten minutes, however many come', () => {
    const happened = flood(200, 7);
    const world = worldOf(happened);
    const firstSeen = new Map<string, number>();
    for (let second = 0; second < 1_500; second += 5)
      for (const { id } of alarmBoard(world, at(second)).alarms)
        if (!firstSeen.has(id)) firstSeen.set(id, second);
    const times = [...firstSeen.values()];
    for (const from of times)
      expect(times.filter((time) => time >= from && time < from + 600).length).toBeLessThanOrEqual(
        MOST_PRESENTED,
      );
    expect(firstSeen.size).toBeGreaterThan(0);
  });

  it('is over when fewer than five came in ten minutes, and the next alarm is presented again', () => {
    const world = worldOf([...flood(14, 20), [1_500, received('late', 50)]]);
    expect(alarmBoard(world, at(1_499)).flood).toBe(0);
    expect(alarmBoard(world, at(1_501)).alarms[0]?.id).toBe('late');
  });
});
