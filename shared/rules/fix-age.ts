import type { City } from '../domain/city.ts';
import type { SourceId } from '../domain/ids.ts';
import type { Responder, ResponderKind } from '../domain/responder.ts';

/** From the first age of the last fix on a responder is drawn hollow, from the second on as a dotted ghost. */
export interface AgeLimits {
  readonly staleAfterSeconds: number;
  readonly ghostAfterSeconds: number;
}

/** What counts where the pack says nothing else. */
export const USUAL_AGE_LIMITS: AgeLimits = { staleAfterSeconds: 90, ghostAfterSeconds: 600 };

/** How fixes of a city age: by the source that they come through where it has limits of its own, else by the kind of responder. */
export interface CityAgeLimits {
  readonly kinds: Readonly<Record<ResponderKind, AgeLimits>>;
  /** In the order of the pack. */
  readonly sources: ReadonlyMap<SourceId, AgeLimits>;
}

export function ageLimitsOf({ ageing }: Pick<City, 'ageing'>): CityAgeLimits {
  const limits = (kind: ResponderKind): AgeLimits => ageing?.[kind] ?? USUAL_AGE_LIMITS;
  return {
    kinds: {
      volunteer: limits('volunteer'),
      sentry: limits('sentry'),
      officer: limits('officer'),
      gridWorker: limits('gridWorker'),
    },
    sources: new Map(ageing?.sources?.map(({ source, ...its }) => [source, its])),
  };
}

/** The limits that hold for the last fix of a responder. */
export const limitsFor = (
  { kinds, sources }: CityAgeLimits,
  { kind, reportsThrough }: Pick<Responder, 'kind' | 'reportsThrough'>,
): AgeLimits => (reportsThrough === '' ? undefined : sources.get(reportsThrough)) ?? kinds[kind];

export type FixAge = 'fresh' | 'stale' | 'ghost';

/**
 * How old a fix counts as. The screens make the same comparisons on the graphics card for every picture, so that
 * ageing goes on when nothing arrives. A fix from the future counts as fresh, an age that is no number as stale.
 */
export function fixAge(ageSeconds: number, { staleAfterSeconds, ghostAfterSeconds }: AgeLimits): FixAge {
  if (ageSeconds >= ghostAfterSeconds) return 'ghost';
  // Written this way round so that an age that is no number is never fresh.
  return ageSeconds < staleAfterSeconds ? 'fresh' : 'stale';
}
