import { describe, expect, it } from 'vitest';
import type { CityEvent } from '@maplewall/shared/domain/event.ts';
import type { IncidentId, SourceId } from '@maplewall/shared/domain/ids.ts';
import { epochMs, lat, lng, seqNo, type EpochMs } from '@maplewall/shared/domain/units.ts';
import { emptyWorld } from '@maplewall/shared/world/empty-world.ts';
import { applyEvent } from '@maplewall/shared/world/fold.ts';
import type { World } from '@maplewall/shared/world/world.ts';
import { alarmBoard, MOST_PRESENTED, NO_ALARMS } from './alarms.ts';
import { hasNew } from './use-alarms.ts';

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
    const { alarms } = alarmBoard(world, at(41));
    expect(alarms.map(({ id, ids }) => [id, ids])).toEqual([
      ['c', ['c']],
      ['a', ['a', 'b', 'd']],
    ]);
    expect(alarms.at(-1)).toMatchObject({ since: at(0), newestAt: at(40), place: 'place d' });
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

describe('an alarm that was not one from the beginning', () => {
  const urgent = (id: string, priority: 1 | 2): CityEvent => ({
    kind: 'incident.reprioritised',
    incidentId: id as IncidentId,
    priority,
  });

  it('begins when its incident becomes a danger to life, however long that has been known', () => {
    const world = worldOf([
      [0, received('old', 0, 2)],
      [900, received('other', 3)],
      [1_000, urgent('old', 1)],
    ]);
    const { alarms } = alarmBoard(world, at(1_001));
    expect(alarms.map(({ id, since }) => [id, since])).toEqual([
      ['old', at(1_000)],
      ['other', at(900)],
    ]);
  });

  it('is new to whoever saw the board before, as is one that was answered and came again; one that goes makes nothing new', () => {
    const happened: Happened[] = [
      [0, received('a', 0)],
      [5, received('b', 3, 2)],
      [10, urgent('b', 1)],
      [20, acknowledged('b')],
      [30, urgent('b', 2)],
      [40, urgent('b', 1)],
      [50, urgent('b', 2)],
    ];
    const boards = happened.map((_, index) => alarmBoard(worldOf(happened.slice(0, index + 1)), at(60)));
    const isNew = boards.map((board, index) => hasNew(board, boards[index - 1] ?? NO_ALARMS));
    expect(isNew).toEqual([true, false, true, false, false, true, false]);
  });

  it('is there at once when the clock of its source is ahead', () => {
    const world = worldOf([[240, received('a', 0)]]);
    expect(alarmBoard(world, at(0)).alarms).toMatchObject([{ id: 'a', since: at(0), newestAt: at(0) }]);
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
    expect(fourteen.unanswered).toBe(14);
  });

  it('never presents more than ten new ones in any ten minutes, however many come', () => {
    const happened = flood(200, 7);
    const firstSeen = new Map<string, number>();
    for (let second = 0; second < 1_500; second += 5)
      for (const { id } of alarmBoard(worldOf(happened.filter(([when]) => when <= second)), at(second))
        .alarms)
        if (!firstSeen.has(id)) firstSeen.set(id, second);
    const times = [...firstSeen.values()];
    for (const from of times)
      expect(times.filter((time) => time >= from && time < from + 600).length).toBeLessThanOrEqual(
        MOST_PRESENTED,
      );
    expect(firstSeen.size).toBeGreaterThan(0);
  });

  it('is none any more when everybody has an answer, and gives the next that waits to whoever answered all others', () => {
    const answered = (count: number): Happened[] => [
      ...flood(14, 20),
      ...Array.from({ length: count }, (_, index): Happened => [
        280,
        acknowledged(`i${String(index).padStart(3, '0')}`),
      ]),
    ];
    const ten = alarmBoard(worldOf(answered(10)), at(281));
    expect([ten.flood, ten.unanswered, ten.alarms.map(({ id }) => id)]).toEqual([14, 4, ['i013']]);
    expect(alarmBoard(worldOf(answered(14)), at(281))).toEqual(NO_ALARMS);
  });

  it('leaves what it held back to be presented when it is over, ten in ten minutes', () => {
    const world = worldOf(flood(34, 20));
    // The fifth last came at 580 s.
    const shown = (seconds: number): number => alarmBoard(world, at(seconds)).alarms.length;
    expect([shown(700), shown(1_179), shown(1_180), shown(1_779), shown(1_780), shown(2_380)]).toEqual([
      10, 10, 20, 20, 30, 34,
    ]);
    expect(alarmBoard(world, at(1_180))).toMatchObject({ flood: 0, unanswered: 34 });
  });

  it('is over when fewer than five came in ten minutes, and the next alarm is presented again', () => {
    const world = worldOf([...flood(14, 20), [1_500, received('late', 50)]]);
    expect(alarmBoard(world, at(1_499)).flood).toBe(0);
    expect(alarmBoard(world, at(1_501)).alarms[0]?.id).toBe('late');
  });
});
