import type { Incident } from '../domain/incident.ts';

/** How full the mark of an open incident is: what is still to be done for it fills it. */
export const FILLS = ['nobody', 'onTheWay', 'there'] as const;
export type Fill = (typeof FILLS)[number];

/** Whether somebody is on the spot, on the way, or nobody has said yes. */
export function fillOf({ state }: Pick<Incident, 'state'>): Fill {
  if (state === 'onScene' || state === 'stable') return 'there';
  return state === 'accepted' || state === 'enRoute' ? 'onTheWay' : 'nobody';
}
