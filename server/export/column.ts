import { DateTime } from 'luxon';

/**
 * A column of a table that is exported. `moment` is milliseconds since 1970, written as each format writes a time; undefined is
 * an empty cell.
 */
export type Column<Row> =
  | { readonly name: string; readonly kind: 'text'; readonly of: (row: Row) => string }
  | {
      readonly name: string;
      readonly kind: 'number' | 'integer' | 'moment';
      readonly of: (row: Row) => number | undefined;
    };

/** Rows in groups, so that nobody waits for a row. */
export type RowGroups<Row> = AsyncIterable<readonly Row[]>;

const QUARTER_MS = 900_000;

/** Writes moments as ISO 8601 with the city's offset: 2026-11-20T20:00:00.000+08:00. */
export function momentWriter(timeZone: string): (at: number) => string {
  // No zone changes its clocks within a quarter of an hour, and rows come in the order of time.
  let quarter = Number.NaN;
  let offsetMs = 0;
  let offset = '';
  return (at) => {
    const own = Math.floor(at / QUARTER_MS);
    if (own !== quarter) {
      quarter = own;
      const local = DateTime.fromMillis(at, { zone: timeZone });
      offsetMs = local.offset * 60_000;
      offset = local.toFormat('ZZ');
    }
    return `${new Date(at + offsetMs).toISOString().slice(0, -1)}${offset}`;
  };
}
