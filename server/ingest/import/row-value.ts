import { DateTime } from 'luxon';
import { inRange } from '@maplewall/shared/domain/moment.ts';
import { toWgs84 } from '@maplewall/shared/geo/coordinate-system.ts';
import { formatParserOf } from './mapping.ts';
import type { FieldValue, Mapping } from './mapping-form.ts';
import { COLUMN } from './templates.ts';

/** One line of the file: column name → text. */
export type Row = Readonly<Record<string, string>>;

/** Why a row cannot be understood: the column or field, and the reason in words. */
export class RowFault extends Error {
  readonly field: string;
  readonly reason: string;
  constructor(field: string, reason: string) {
    super(`${field}: ${reason}`);
    this.field = field;
    this.reason = reason;
  }
}

/**
 * Fills `{Column}` from the row.
 * @throws RowFault when the file has no such column
 */
export function fill(template: string, row: Row): string {
  return template
    .replaceAll(COLUMN, (_, column: string) => {
      const value = Object.hasOwn(row, column) ? row[column] : undefined;
      if (value === undefined) throw new RowFault(column, 'the file has no such column');
      return value.trim();
    })
    .trim();
}

/**
 * Makes a reader of times for one mapping; it answers epoch milliseconds that ingest can take.
 * A wall-clock time that a change to summer time skips is a fault; one that comes twice is taken as the first.
 */
export function timeReader(time: Mapping['time']): (text: string, field: string) => number {
  const { format, zone } = time;
  if (format === 'epochSeconds' || format === 'epochMs') {
    const factor = format === 'epochMs' ? 1 : 1000;
    return (text, field) => {
      const value = Number(text);
      if (text === '' || !Number.isFinite(value))
        throw new RowFault(field, `'${text}' is not a number of time`);
      return takenMoment(Math.round(value * factor), text, field);
    };
  }
  const parse =
    format === 'iso'
      ? (text: string) => DateTime.fromISO(text, { zone })
      : (
          (parser) => (text: string) =>
            DateTime.fromFormatParser(text, parser, { zone, locale: 'en-US' })
        )(formatParserOf(format));
  let lastText = '';
  let lastValue = 0;
  return (text, field) => {
    if (text === lastText && text !== '') return lastValue;
    const read = parse(text);
    if (!read.isValid) throw new RowFault(field, `'${text}' does not have the form ${format}`);
    lastValue = takenMoment(read.toMillis(), text, field);
    lastText = text;
    return lastValue;
  };
}

/** ING6: an empty date of a spreadsheet is a day of 1899. */
function takenMoment(ms: number, text: string, field: string): number {
  if (Number.isNaN(inRange(ms))) throw new RowFault(field, `'${text}' lies outside the years 2000 to 2099`);
  return ms;
}

const numberOf = (text: string, field: string): number => {
  const value = Number(text);
  if (text === '' || !Number.isFinite(value)) throw new RowFault(field, `'${text}' is not a number`);
  return value;
};

/** Makes a reader of coordinates for one mapping; it answers WGS84 degrees. */
export function coordinateReader(mapping: Mapping): (row: Row) => { lng: number; lat: number } {
  const { coordinates, coordinateSystem } = mapping;
  if ('pattern' in coordinates) {
    const pattern = new RegExp(coordinates.pattern);
    return (row) => {
      const text = fill(coordinates.of, row);
      const groups = pattern.exec(text)?.groups;
      if (groups === undefined) throw new RowFault('coordinates', `'${text}' holds no coordinates`);
      return toWgs84(
        coordinateSystem,
        numberOf(groups['lng'] ?? '', 'lng'),
        numberOf(groups['lat'] ?? '', 'lat'),
      );
    };
  }
  return (row) =>
    toWgs84(
      coordinateSystem,
      numberOf(fill(coordinates.lng, row), 'lng'),
      numberOf(fill(coordinates.lat, row), 'lat'),
    );
}

/**
 * One field's value. A code table is asked by the exact text, then by '*'. An empty cell is no number and no code:
 * its value is '', and whoever needs the field refuses the row.
 * @throws RowFault when a number is none, or a code is in no table
 */
export function fieldValue(
  field: string,
  value: FieldValue,
  row: Row,
  mapping: Mapping,
  coordinates: () => { lng: number; lat: number },
): string | number {
  if (typeof value === 'string') return fill(value, row);
  if ('coordinate' in value) return coordinates()[value.coordinate];
  if ('number' in value) {
    const text = fill(value.number, row);
    return text === '' ? '' : numberOf(text, field) * (value.times ?? 1);
  }
  const tables = mapping.tables ?? {};
  const table = Object.hasOwn(tables, value.table) ? tables[value.table] : undefined;
  if (table === undefined) throw new RowFault(field, `the mapping has no table '${value.table}'`);
  const code = fill(value.of, row);
  const meaning = Object.hasOwn(table, code)
    ? table[code]
    : Object.hasOwn(table, '*')
      ? table['*']
      : undefined;
  if (meaning === undefined && code === '') return '';
  if (meaning === undefined) throw new RowFault(field, `code '${code}' is not in table '${value.table}'`);
  return meaning;
}
