import type { MinuteNo } from '@maplewall/shared/domain/units.ts';
import { startOfMinute } from '@maplewall/shared/domain/units.ts';
import type { FinalMinutes } from './final-minutes.ts';
import type { RetentionRules } from './retention-rules.ts';

const DAY_MS = 86_400_000;

/** What the log has of the positions of some time: all, of each responder some, or not those of everybody. */
export type PositionsLeft = 'whole' | 'thinned' | 'forgotten';

/** What is left, or will be before a file of it is made, from a minute up to but without another. */
export function positionsLeft(
  final: Pick<FinalMinutes, 'anyEmptied' | 'anyWithin'>,
  { keepPositionsDays = Infinity, thinPositions }: RetentionRules,
  now: number,
  { from, to }: { readonly from: MinuteNo; readonly to: MinuteNo },
): PositionsLeft {
  if (!final.anyWithin(from, to)) return 'whole';
  const isGoing = startOfMinute(from) < now - keepPositionsDays * DAY_MS;
  // Of what the log alone knows to be lacking, a rule that thins is the likelier reason.
  const isLacking = thinPositions === undefined ? 'known or not' : 'known';
  return isGoing || final.anyEmptied(from, to, isLacking) ? 'forgotten' : 'thinned';
}
