import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { epochMs, minuteNo, startOfMinute } from '@maplewall/shared/domain/units.ts';
import type { CoverageShares } from '@maplewall/shared/wire/coverage.ts';
import { CourseStore } from './course-store.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'maplewall-course-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const FIRST_AREAS = 9;
/** A city of nine great areas, 102 communities and 450 grids, each with shares of its own. */
const AREAS = FIRST_AREAS + 102 + 450;
const sharesOf = (area: number, minute: number): CoverageShares => ({
  blocks: [0, 0.25, (area % 100) / 100, (minute % 100) / 100],
  places: area % 3 === 0 ? [null, null, null, null] : [0.0001, 0.5, 0.75, 1],
  incidents: [0, 0, 0, area / 10_000],
});
const open = (
  name: string,
  { describes = 'a pack', areas = 'its areas', replayFrom = 0 } = {},
): CourseStore =>
  new CourseStore(join(folder, name), { describes, areas }, FIRST_AREAS, minuteNo(replayFrom));

it('the course is kept of the city, its precincts, its communities and its grids', () => {
  const store = open('all.db');
  const minutes = [100, 101, 102];
  for (const minute of minutes)
    store.set(
      minuteNo(minute),
      Array.from({ length: AREAS }, (_, area) => sharesOf(area, minute)),
      minute,
      'v',
    );
  // The ends and seams of what lies in one row.
  for (const area of [0, 8, 9, 72, 73, AREAS - 1])
    expect(store.course(minuteNo(100), minuteNo(102), area)).toEqual(
      [100, 101].map((minute) => ({ minute, shares: sharesOf(area, minute), onDuty: minute })),
    );
  expect(store.course(minuteNo(100), minuteNo(103), AREAS + 70)).toEqual([]);
  store.set(minuteNo(101), [], 7, 'w');
  expect(store.versions(minuteNo(100), minuteNo(103)).get(101)).toBe('w');
  store.close();
});

it('what was made with another pack is dropped, and what was expected of an incident is kept as it was told', () => {
  const store = open('expected.db');
  const at = epochMs(1_000);
  store.setExpectation('I', at, { seconds: null, accept: 5 }, 'v');
  store.setExpectation('J', at, 'nothingKnown', '');
  store.close();
  const again = open('expected.db');
  expect(again.expectation('I', at)).toEqual({ expectation: { seconds: null, accept: 5 }, version: 'v' });
  expect(again.expectation('J', at)).toEqual({ expectation: 'nothingKnown', version: '' });
  again.close();
  const other = open('expected.db', { describes: 'another pack' });
  expect(other.expectation('I', at)).toBeUndefined();
  other.close();
});

it('what history can no longer give stays when the pack changes, but for shares of areas that are others now', () => {
  const store = open('kept.db');
  const shares = Array.from({ length: AREAS }, (_, area) => sharesOf(area, 1));
  for (const minute of [100, 101, 102]) {
    store.set(minuteNo(minute), shares, minute, 'v');
    store.setExpectation(`I${minute}`, startOfMinute(minuteNo(minute)), { seconds: 20, accept: 5 }, 'v');
  }
  store.close();
  const told = (course: CourseStore): readonly unknown[] => [
    course.course(minuteNo(100), minuteNo(103), 0).map(({ minute }) => minute),
    course.course(minuteNo(100), minuteNo(103), AREAS - 1).map(({ minute }) => minute),
    [100, 101, 102].filter(
      (minute) => course.expectation(`I${minute}`, startOfMinute(minuteNo(minute))) !== undefined,
    ),
  ];
  const renamed = open('kept.db', { describes: 'a post renamed', replayFrom: 102 });
  expect(told(renamed)).toEqual([
    [100, 101],
    [100, 101],
    [100, 101],
  ]);
  renamed.close();
  const redrawn = open('kept.db', { describes: 'a post renamed', areas: 'other areas', replayFrom: 101 });
  expect(told(redrawn)).toEqual([[], [], [100]]);
  redrawn.close();
});
