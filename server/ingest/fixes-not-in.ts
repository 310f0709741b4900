import type { FixColumns } from '@maplewall/shared/domain/position.ts';
import { pickFixes } from '../log/pick-fixes.ts';

/** Those of some fixes that a record does not hold; a fix is known by its responder and its second. */
export function fixesNotIn(fixes: FixColumns, record: FixColumns): FixColumns {
  const known = new Set(Array.from({ length: record.count }, (_, index) => nameOf(record, index)));
  const kept: number[] = [];
  for (let index = 0; index < fixes.count; index += 1) if (!known.has(nameOf(fixes, index))) kept.push(index);
  return pickFixes(fixes, kept);
}

const nameOf = ({ responders, who, fixAtSeconds }: FixColumns, index: number): string =>
  `${fixAtSeconds[index]} ${responders[who[index] ?? 0]}`;
