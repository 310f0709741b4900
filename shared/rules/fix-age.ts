import type { City } from '../domain/city.ts';
import type { ResponderKind } from '../domain/responder.ts';

/** From the first age of the last fix on a responder is drawn hollow, from the second on as a dotted ghost. */
export interface AgeLimits {
  readonly staleAfterSeconds: number;
  readonly ghostAfterSeconds: number;
}

export type AgeLimitsByKind = Readonly<Record<ResponderKind, AgeLimits>>;

/** What counts where the pack says nothing else. */
export const USUAL_AGE_LIMITS: AgeLimits = { staleAfterSeconds: 90, ghostAfterSeconds: 600 };

/**
 * The limits of a city, by kind of responder. A fix does not keep which source it came through once it is folded; each kind reports through
 * one system in practice (the volunteers' app, the guards' radios, the officers' terminals), so the kind stands for
 * the source.
 */
export function ageLimitsOf({ ageing }: Pick<City, 'ageing'>): AgeLimitsByKind {
  const limits = (kind: ResponderKind): AgeLimits => ageing?.[kind] ?? USUAL_AGE_LIMITS;
  return {
    volunteer: limits('volunteer'),
    sentry: limits('sentry'),
    officer: limits('officer'),
    gridWorker: limits('gridWorker'),
  };
}

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
