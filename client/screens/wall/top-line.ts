import type { Summary } from '../../world/summarise.ts';

/**
 * What the wall's sentence tells: how many are open, that nothing is, or whom nobody ever heard from; '' before that is
 * known. Nothing is open only where somebody would say if it were.
 * @param hasIncidents whether an incident was ever heard of; undefined while that is not known
 */
export function topLine(
  summary: Pick<Summary, 'open' | 'sources'> | undefined,
  hasIncidents: boolean | undefined,
): 'sentence' | 'calm' | 'noSource' | 'noIncidents' | '' {
  if (summary === undefined) return '';
  if (summary.open > 0) return 'sentence';
  if (summary.sources.length === 0) return 'noSource';
  if (hasIncidents === undefined) return '';
  return hasIncidents ? 'calm' : 'noIncidents';
}
