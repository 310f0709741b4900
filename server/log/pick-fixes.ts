import type { FixColumns } from '@maplewall/shared/domain/position.ts';

/** Some rows of fixes, in the order given; nobody is named of whom there is no fix. */
export function pickFixes(fixes: FixColumns, rows: readonly number[]): FixColumns {
  const named = new Set(rows.map((row) => fixes.who[row] ?? 0));
  const newIndex = new Map([...named].toSorted((a, b) => a - b).map((who, index) => [who, index]));
  const picked = (column: ArrayLike<number>): number[] => rows.map((row) => column[row] ?? 0);
  return {
    count: rows.length,
    responders: fixes.responders.filter((_, who) => newIndex.has(who)),
    who: Uint32Array.from(rows, (row) => newIndex.get(fixes.who[row] ?? 0) ?? 0),
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
