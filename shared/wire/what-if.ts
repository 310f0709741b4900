import type { EpochMs } from '../domain/units.ts';
import type { ConductFigures } from '../rules/conduct.ts';
import type { ComparedIncident, WhatIfFigures } from '../rules/what-if-figures.ts';

/** One incident with where and when it was. */
export interface WhatIfIncident extends Omit<ComparedIncident, 'actualSeconds'> {
  readonly receivedAt: EpochMs;
  readonly lng: number;
  readonly lat: number;
  /** Null when nobody arrived. */
  readonly actualSeconds: number | null;
}

/** `GET /api/what-if`: the same incidents under another policy. All of it is computed, none of it was observed, but what says `actual`. */
export interface WhatIfAnswer extends Omit<WhatIfFigures, 'incidents'> {
  readonly computed: true;
  readonly from: EpochMs;
  readonly to: EpochMs;
  readonly policy: {
    /** Null as it was done. */
    readonly offers: number | null;
    readonly substituteSeconds: number | null;
    readonly post: { readonly lng: number; readonly lat: number } | null;
  };
  readonly incidents: readonly WhatIfIncident[];
  /** Incidents of the range, and some before it whose trips count as well, that are still being looked at; ask again. */
  readonly waiting: number;
  /** Left out: nobody was asked, or nobody of those asked could be found on the map. */
  readonly withoutOffers: number;
  /** People who were asked about the incidents counted, but whose place was not known, so that they are missing here. */
  readonly unplaced: number;
  /** People asked per incident, as it was done: the median. */
  readonly usualOffers: number | null;
  readonly conduct: readonly ConductFigures[];
}
