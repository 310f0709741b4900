import type { CoverageCourse } from '@maplewall/shared/wire/coverage.ts';

/**
 * What people's buildings were covered within half a minute, by the minute, in columns: a day has 1,440 of them, and a wall
 * keeps them for months.
 */
export interface CourseLine {
  /** Since 1970. */
  readonly minutes: Int32Array;
  /** Per cent to one decimal; NaN where there is nothing to cover. */
  readonly percents: Float64Array;
}

export const NO_COURSE: CourseLine = { minutes: new Int32Array(), percents: new Float64Array() };

export const courseLine = (minutes: CoverageCourse['minutes']): CourseLine => ({
  minutes: Int32Array.from(minutes, ({ at }) => Math.floor(at / 60_000)),
  percents: Float64Array.from(minutes, ({ blocks: [share] }) =>
    typeof share === 'number' ? Math.round(1_000 * share) / 10 : Number.NaN,
  ),
});

/** As far as it was known in a minute, that one included. */
export function courseUpTo({ minutes, percents }: CourseLine, minute: number): CourseLine {
  const next = minutes.findIndex((each) => each > minute);
  const count = next < 0 ? minutes.length : next;
  return { minutes: minutes.subarray(0, count), percents: percents.subarray(0, count) };
}

/** [minutes after the first, per cent or null], as charts and JSON have it. */
export const coursePoints = ({ minutes, percents }: CourseLine): [number, number | null][] =>
  Array.from(minutes, (minute, index) => {
    const percent = percents[index] ?? Number.NaN;
    return [minute - (minutes[0] ?? minute), Number.isNaN(percent) ? null : percent];
  });
