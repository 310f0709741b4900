import type { EpochMs } from '@maplewall/shared/domain/units.ts';
import { throughPoints, unbroken } from './curve-parts.ts';
import { shareOf, type Span } from './time-scale.ts';

export interface CurvePoint {
  readonly at: EpochMs;
  readonly value: number;
}

/** The highest of a whole day; 0 where nothing is known. */
export const highestOf = (points: readonly CurvePoint[]): number =>
  points.reduce((most, { value }) => Math.max(most, value), 0);

/** A curve keeps so much of its box, so that its highest does not touch the edge. */
const USED = 0.92;
/** Figures come by the minute; one that is missing is no hole. */
const LONGEST_STEP_MS = 125_000;

/**
 * What polylines are drawn through, one for each stretch of which figures are known: a day's curve against its own highest, because what counts is when it was more or less.
 * A minute beside each end of the span is drawn with it, so that the curve goes to the edge.
 */
export function pointsOf(
  points: readonly CurvePoint[],
  span: Span,
  box: { readonly width: number; readonly height: number },
): readonly string[] {
  const most = highestOf(points) || 1;
  const first = points.findIndex(({ at }) => at >= span.from);
  const after = points.findLastIndex(({ at }) => at <= span.to);
  if (first === -1 || after === -1) return [];
  const shown = points.slice(Math.max(0, first - 1), after + 2);
  return unbroken(shown, ({ at }) => at, LONGEST_STEP_MS).map((part) =>
    throughPoints(
      part.map(({ at, value }) => {
        const x = shareOf(span, at) * box.width;
        return `${x.toFixed(1)},${(box.height * (1 - (USED * value) / most)).toFixed(1)}`;
      }),
    ),
  );
}
