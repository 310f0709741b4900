import { epochMs, type EpochMs } from '@maplewall/shared/domain/units.ts';

/** The part of a day that a time line shows. */
export interface Span {
  readonly from: EpochMs;
  readonly to: EpochMs;
}

/** Nobody needs to see less of it at once. */
const SHORTEST_MS = 60_000;

/** 0 at the left edge, 1 at the right one; outside of that where the moment is not shown. */
export const shareOf = ({ from, to }: Span, at: number): number => (at - from) / (to - from);

export const momentAt = ({ from, to }: Span, share: number): EpochMs =>
  epochMs(Math.round(from + Math.min(1, Math.max(0, share)) * (to - from)));

/** The span made longer (`factor` > 1) or shorter round the moment at `share`, within the whole. */
export function zoomed(span: Span, whole: Span, share: number, factor: number): Span {
  const length = Math.min(whole.to - whole.from, Math.max(SHORTEST_MS, (span.to - span.from) * factor));
  const fixed = span.from + share * (span.to - span.from);
  return within(whole, fixed - share * length, length);
}

/** What lies between two moments, whichever was named first, in whole seconds; none where they are the same one. */
export function passageOf(one: EpochMs, other: EpochMs): Span | undefined {
  const from = Math.floor(Math.min(one, other) / 1_000) * 1_000;
  const to = Math.ceil(Math.max(one, other) / 1_000) * 1_000;
  return to - from < 2_000 ? undefined : { from: epochMs(from), to: epochMs(to) };
}

/** What two fingers make of a span: each keeps the moment that it was put on, within the whole. */
export function pinched(
  span: Span,
  whole: Span,
  held: readonly [EpochMs, EpochMs],
  shares: readonly [number, number],
): Span {
  const apart = shares[1] - shares[0];
  const between = held[1] - held[0];
  // Fingers that meet, or pass each other, say nothing.
  if (apart === 0 || between === 0 || apart > 0 !== between > 0) return span;
  const length = Math.min(whole.to - whole.from, Math.max(SHORTEST_MS, between / apart));
  return within(whole, held[0] - shares[0] * length, length);
}

/** A passage with one of its ends put to a moment; an end that is not set, or lies on the wrong side, is the day's. */
export function withEnd(
  passage: Span | undefined,
  end: 'from' | 'to',
  at: EpochMs,
  whole: Span,
): Span | undefined {
  if (end === 'from') return passageOf(at, passage !== undefined && passage.to > at ? passage.to : whole.to);
  return passageOf(passage !== undefined && passage.from < at ? passage.from : whole.from, at);
}

/** The same length, moved so that a moment is shown; the same span if it is. */
export function showing(span: Span, whole: Span, at: EpochMs): Span {
  if (at >= span.from && at <= span.to) return span;
  const length = span.to - span.from;
  return within(whole, at - length / 10, length);
}

function within(whole: Span, from: number, length: number): Span {
  const start = Math.max(whole.from, Math.min(from, whole.to - length));
  return { from: epochMs(Math.round(start)), to: epochMs(Math.round(start + length)) };
}

const TICK_STEPS_MS = [10, 30, 60, 300, 900, 1_800, 3_600, 7_200, 14_400, 28_800, 43_200].map(
  (seconds) => seconds * 1_000,
);

/** Round moments for ticks, at most `most`, counted from the beginning of the day. */
export function ticksOf(span: Span, dayStart: EpochMs, most: number): readonly EpochMs[] {
  const step =
    TICK_STEPS_MS.find((one) => (span.to - span.from) / one <= most) ?? TICK_STEPS_MS.at(-1) ?? 43_200_000;
  const first = dayStart + Math.ceil((span.from - dayStart) / step) * step;
  return Array.from({ length: Math.max(0, Math.floor((span.to - first) / step) + 1) }, (_, index) =>
    epochMs(first + index * step),
  );
}
