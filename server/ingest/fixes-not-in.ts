import type { FixColumns } from '@maplewall/shared/domain/position.ts';

/** Those of some fixes that a record does not hold; a fix is known by its responder and its second. */
export function fixesNotIn(fixes: FixColumns, record: FixColumns): FixColumns {
  const known = new Set(Array.from({ length: record.count }, (_, index) => nameOf(record, index)));
  const kept: number[] = [];
  for (let index = 0; index < fixes.count; index += 1) if (!known.has(nameOf(fixes, index))) kept.push(index);
  // A record names nobody of whom it has no fix.
  const named = new Set(kept.map((index) => fixes.who[index] ?? 0));
  const newIndex = new Map([...named].toSorted((a, b) => a - b).map((who, index) => [who, index]));
  const picked = (column: ArrayLike<number>): number[] => kept.map((index) => column[index] ?? 0);
  return {
    count: kept.length,
    responders: fixes.responders.filter((_, who) => newIndex.has(who)),
    who: Uint32Array.from(kept, (index) => newIndex.get(fixes.who[index] ?? 0) ?? 0),
    lngE5: Int32Array.from(picked(fixes.lngE5)),
    latE5: Int32Array.from(picked(fixes.latE5)),
    fixAtSeconds: Uint32Array.from(picked(fixes.fixAtSeconds)),
    deviceAtSeconds: Uint32Array.from(picked(fixes.deviceAtSeconds)),
    speed: Uint16Array.from(picked(fixes.speed)),
    course: Uint16Array.from(picked(fixes.course)),
    accuracy: Uint16Array.from(picked(fixes.accuracy)),
    battery: Uint8Array.from(picked(fixes.battery)),
  };
}

const nameOf = ({ responders, who, fixAtSeconds }: FixColumns, index: number): string =>
  `${fixAtSeconds[index]} ${responders[who[index] ?? 0]}`;
