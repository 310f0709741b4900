import type { Incident } from '@maplewall/shared/domain/incident.ts';
import type { EpochMs } from '@maplewall/shared/domain/units.ts';

/** When an incident last became as urgent as it is, by the clock of its source. */
export const alarmedAt = ({ times, raisedAt }: Pick<Incident, 'times' | 'raisedAt'>): EpochMs | undefined =>
  raisedAt ?? times.received;
