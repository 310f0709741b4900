import { quantileOf } from '../quantile.ts';
import type { Candidate, Figure } from './chapter.ts';
import type { IncidentFacts } from './day-facts.ts';

export const figure = (
  name: Figure['name'],
  value: number,
  unit: Figure['unit'],
  sample: number | null = null,
): Figure => ({ name, value, unit, sample });

/** The first of those with the highest value. */
export function most<T>(list: readonly T[], valueOf: (one: T) => number): T | undefined {
  let best: T | undefined;
  for (const one of list) if (best === undefined || valueOf(one) > valueOf(best)) best = one;
  return best;
}

export const medianOf = (values: readonly number[]): number | undefined =>
  quantileOf(
    values.toSorted((a, b) => a - b),
    0.5,
  );

/** What every chapter about one incident says of it. */
export const incidentPart = ({
  incidentId,
  category,
  priority,
  place,
  lng,
  lat,
  receivedAt,
}: IncidentFacts): Pick<Candidate, 'at' | 'focus' | 'incident' | 'about'> => ({
  at: receivedAt,
  focus: { kind: 'point', lng, lat },
  incident: { incidentId, category, priority, place },
  about: [incidentId],
});
