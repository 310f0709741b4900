import { epochMs } from '@maplewall/shared/domain/units.ts';
import { expect, it } from 'vitest';
import { courseLine, coursePoints, courseUpTo, NO_COURSE } from '../../stores/course-line.ts';
import { coverageOption, LEAST_COURSE_UNITS } from './option.ts';

const START = Date.UTC(2026, 10, 23, 16);
const shares = (blocks: number | null) => ({ blocks: [blocks, 1, 1, 1], places: [], incidents: [] });
const minute = (of: number, blocks: number | null) => ({
  at: epochMs(START + of * 60_000),
  onDuty: 3,
  ...(shares(blocks) as object),
});
const course = [minute(0, 0.0123), minute(1, null), minute(4, 0.5)] as unknown as Parameters<
  typeof courseLine
>[0];

it('the course of coverage is kept in columns, and told as minutes after the first with what nobody knows left open', () => {
  expect(coursePoints(courseLine(course))).toEqual([
    [0, 1.2],
    [1, null],
    [4, 50],
  ]);
  expect(coursePoints(NO_COURSE)).toEqual([]);
});

it('no minute after the one shown is told, and the shown one is', () => {
  const line = courseLine(course);
  const at = (of: number): number => START / 60_000 + of;
  expect([-1, 0, 3, 4, 9].map((of) => courseUpTo(line, at(of)).minutes.length)).toEqual([0, 1, 2, 3, 3]);
});

it('the chart goes from the first minute to the last, and its axis to the next whole step', () => {
  const style = { colours: {}, size: (units: number) => units, font: 'x' } as unknown as Parameters<
    typeof coverageOption
  >[1];
  const points = coursePoints(courseLine(course));
  const { xAxis, yAxis, series, grid } = coverageOption(
    { points, sinceWord: '00:00', nowWord: 'now' },
    style,
  );
  expect(xAxis).toMatchObject({ min: 0, max: 4, interval: 4 });
  expect(yAxis).toMatchObject({ max: 50 });
  expect(series).toMatchObject([{ data: points }, { data: [[4, 50]] }]);
  // At its least height half of it is the line, not axes.
  const { top, bottom } = grid as { top: number; bottom: number };
  expect(LEAST_COURSE_UNITS - top - bottom).toBeGreaterThanOrEqual(LEAST_COURSE_UNITS / 2);
});
