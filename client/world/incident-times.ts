import type { Incident } from '@maplewall/shared/domain/incident.ts';
import type { EpochMs } from '@maplewall/shared/domain/units.ts';

type Timed = Pick<Incident, 'times' | 'state'>;

/** When somebody was on the spot first; undefined while nobody was. */
export const arrivedAt = ({ times }: Timed): EpochMs | undefined => times.onScene ?? times.stable;

/** When it stopped being anybody's business; undefined while it is open. */
export const endedAt = ({ state, times }: Timed): EpochMs | undefined =>
  state === 'closed' || state === 'merged' || state === 'cancelled' ? times[state] : undefined;
