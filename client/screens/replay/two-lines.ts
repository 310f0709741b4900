import { throughPoints, unbroken } from './curve-parts.ts';

/** A curve over the time since a range began: minutes, and what was so then. */
export type Curve = readonly { readonly minute: number; readonly value: number }[];

export interface LineBox {
  readonly width: number;
  readonly height: number;
}

/** As the points of polylines: `minutes` across the whole width, from nought up to `most`; broken at steps above `longestStep` minutes. */
export const pointsOf = (
  curve: Curve,
  minutes: number,
  most: number,
  { width, height }: LineBox,
  longestStep: number,
): readonly string[] =>
  unbroken(curve, ({ minute }) => minute, longestStep).map((part) =>
    throughPoints(
      part.map(({ minute, value }) => {
        const x = (width * minute) / Math.max(1, minutes);
        const y = height * (1 - value / Math.max(most, Number.MIN_VALUE));
        return `${x.toFixed(1)},${y.toFixed(1)}`;
      }),
    ),
  );

/** Counts by the hour as a curve through the middle of each. */
export const hourly = (counts: readonly number[]): Curve =>
  counts.map((value, hour) => ({ minute: hour * 60 + 30, value }));

/** A round number at or above all values, for the top of a scale. */
export function topOf(values: readonly number[]): number {
  const most = Math.max(0, ...values);
  if (most === 0) return 1;
  const size = 10 ** Math.floor(Math.log10(most));
  const [step = 10] = [1, 1.5, 2, 3, 4, 5, 6, 8].filter((one) => one * size >= most);
  return Number((step * size).toPrecision(2));
}

export const meanOf = (curve: Curve): number =>
  curve.reduce((sum, { value }) => sum + value, 0) / Math.max(1, curve.length);

/** The same weekday of the week before, by the calendar. */
export function weekBefore(day: string): string {
  const at = new Date(`${day}T12:00:00Z`);
  at.setUTCDate(at.getUTCDate() - 7);
  return at.toISOString().slice(0, 10);
}
