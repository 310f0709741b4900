import type { EpochMs } from '@maplewall/shared/domain/units.ts';
import type { TravelMode } from '@maplewall/shared/rules/travel.ts';
import type { CoverageAnswer, HorizonSeconds, Weight } from '@maplewall/shared/wire/coverage.ts';
import type { AdviceAnswer, Arrivals, Gaps, Shape } from '@maplewall/shared/wire/reach.ts';
import { askGateway, type Answer } from './gateway-answer.ts';

export interface Place {
  readonly lng: number;
  readonly lat: number;
}

/** GeoJSON of `GET /api/reach`: streets, the area round them, and the circle as the crow flies. */
export interface Reached {
  readonly features: readonly Shape<
    { readonly type: string; readonly coordinates: unknown },
    { readonly what: 'streets' | 'area' | 'asTheCrowFlies' }
  >[];
}

/** Questions about who can be where in time, at a past moment or (undefined) now. */
export const askArrivals = (
  place: Place,
  at: EpochMs | undefined,
  limit: number,
): Promise<Answer<Arrivals>> =>
  askGateway(`/api/reach/arrivals?${words({ at: wordOf(place), limit, t: momentWord(at) })}`);

export const askReached = (place: Place, seconds: number, mode: TravelMode): Promise<Answer<Reached>> =>
  askGateway(`/api/reach?${words({ at: wordOf(place), seconds, mode })}`);

/** `moved`: as it would be if this post were held and stood there. */
export const askCoverage = (
  area: string,
  at: EpochMs | undefined,
  moved?: { readonly post: string; readonly to: Place },
): Promise<Answer<CoverageAnswer>> =>
  askGateway(
    `/api/coverage?${words({ area, t: momentWord(at), post: moved?.post, to: moved && wordOf(moved.to) })}`,
  );

/** GeoJSON of `GET /api/coverage?by=community`: each community with its shares of 1, as `blocks30`. */
export interface CoverageParts {
  readonly features: readonly Shape<
    { readonly type: string; readonly coordinates: unknown },
    Readonly<Record<string, string | number | null>>
  >[];
}

export const askCoverageParts = (at: EpochMs | undefined): Promise<Answer<CoverageParts>> =>
  askGateway(`/api/coverage?${words({ area: 'city', by: 'community', t: momentWord(at) })}`);

export interface AdviceQuestion {
  readonly count: number;
  readonly seconds: HorizonSeconds;
  readonly mode: TravelMode;
  readonly weight: Weight;
}

export const askAdvice = (
  { count, ...rest }: AdviceQuestion,
  at: EpochMs | undefined,
): Promise<Answer<AdviceAnswer>> =>
  askGateway(`/api/coverage/advice?${words({ k: count, ...rest, t: momentWord(at) })}`);

export const askGaps = (
  wanted: Pick<AdviceQuestion, 'seconds' | 'weight'>,
  at: EpochMs | undefined,
): Promise<Answer<Gaps>> => askGateway(`/api/coverage/gaps?${words({ ...wanted, t: momentWord(at) })}`);

/** Seven digits are a centimetre. */
const wordOf = ({ lng, lat }: Place): string => `${lng.toFixed(7)},${lat.toFixed(7)}`;

const momentWord = (at: EpochMs | undefined): string | undefined =>
  at === undefined ? undefined : new Date(at).toISOString();

function words(given: Readonly<Record<string, string | number | undefined>>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(given)) if (value !== undefined) query.set(name, String(value));
  return query.toString();
}
