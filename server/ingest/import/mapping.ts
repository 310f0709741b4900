import { DateTime, IANAZone } from 'luxon';
import { fault, type Fault } from '@maplewall/shared/domain/fault.ts';
import { parserOf, type Parsed } from '@maplewall/shared/domain/schema.ts';
import { inOneSentence } from './choice-faults.ts';
import {
  eventMappingSchema,
  FIGURES,
  positionMappingSchema,
  type Mapping,
  type PositionMapping,
} from './mapping-form.ts';
import { COLUMN, templatesOf } from './templates.ts';

const parseEventMapping = parserOf(eventMappingSchema);
const parsePositionMapping = parserOf(positionMappingSchema);

/** Reads a mapping; the faults name the field that is wrong. What passes can be used on any row without a throw. */
export function parseMapping(value: unknown): Parsed<Mapping> {
  const parsed = parseShape(value);
  if (!parsed.ok) return parsed;
  const faults = meaningFaults(parsed.value);
  return faults.length === 0 ? parsed : { ok: false, faults };
}

/** By the kind that it names, so that nobody is told of the fields of another kind. */
function parseShape(value: unknown): Parsed<Mapping> {
  if (!isObject(value)) return { ok: false, faults: [invalid('', 'must be an object')] };
  const { what } = value;
  if (what !== 'events' && what !== 'positions')
    return { ok: false, faults: [invalid('what', "must be 'events' or 'positions'")] };
  const parsed = what === 'events' ? parseEventMapping(value) : parsePositionMapping(value);
  return parsed.ok ? parsed : { ok: false, faults: inOneSentence(value, parsed.faults) };
}

/** What no schema can say: zones and encodings that exist, formats and patterns that can be read, a delimiter that delimits. */
function meaningFaults(mapping: Mapping): readonly Fault[] {
  const { time, coordinates, delimiter, encoding } = mapping;
  const faults: Fault[] = [];
  const add = (field: string, reason: string): void => void faults.push(invalid(field, reason));
  if (!IANAZone.isValidZone(time.zone)) add('time.zone', `${time.zone} is not a time zone`);
  if (!CODED_TIMES.includes(time.format) && !isReadable(() => formatParserOf(time.format)))
    add('time.format', `${time.format} is not a form of times`);
  if ('pattern' in coordinates) {
    const problem = patternProblem(coordinates.pattern);
    if (problem !== undefined) add('coordinates.pattern', problem);
  }
  for (const { field, text } of templatesOf(mapping))
    if (/[{}]/.test(text.replaceAll(COLUMN, '')))
      add(field, 'has a brace without the other; a column is written {Column}');
  if (encoding !== undefined && !isReadable(() => new TextDecoder(encoding)))
    add('encoding', `'${encoding}' is no known encoding; utf-8, gb18030 and big5 are some`);
  if (delimiter !== undefined && /["\r\n\ufeff]/.test(delimiter)) add('delimiter', 'cannot part cells');
  if (mapping.what === 'positions')
    for (const field of FIGURES) {
      const problem = tableProblem(mapping, field);
      if (problem !== undefined) add(field, problem);
    }
  return faults;
}

function patternProblem(pattern: string): string | undefined {
  if (!isReadable(() => new RegExp(pattern))) return 'is not a regular expression';
  // With nothing as its other choice it fits to the empty text, and names its groups.
  const groups = new RegExp(`${pattern}|`).exec('')?.groups ?? {};
  return 'lng' in groups && 'lat' in groups ? undefined : 'must have the groups (?<lng>…) and (?<lat>…)';
}

/** A table that a figure is taken from must be there and hold numbers. */
function tableProblem(
  { tables = {}, ...mapping }: PositionMapping,
  field: (typeof FIGURES)[number],
): string | undefined {
  const value = mapping[field];
  if (value === undefined || !('table' in value)) return undefined;
  const table = Object.hasOwn(tables, value.table) ? tables[value.table] : undefined;
  if (table === undefined) return `the mapping has no table '${value.table}'`;
  const [code, meaning] = Object.entries(table).find(([, each]) => typeof each !== 'number') ?? [];
  return code === undefined
    ? undefined
    : `table '${value.table}' must hold numbers only, and '${code}' is '${meaning}'`;
}

const invalid = (field: string, reason: string): Fault => fault('request.invalid', field, { reason });

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const CODED_TIMES: readonly string[] = ['iso', 'epochSeconds', 'epochMs'];

/**
 * @throws when a time that is written in this form cannot be read back; Luxon itself would throw only at the first row
 * that fits (`HH a`: 24 hours and a half of the day)
 */
export function formatParserOf(format: string): ReturnType<typeof DateTime.buildFormatParser> {
  const locale = { locale: 'en-US' };
  const parser = DateTime.buildFormatParser(format, locale);
  const written = DateTime.utc(2026, 11, 23, 8, 30).toFormat(format, locale);
  if (!DateTime.fromFormatParser(written, parser, locale).isValid) throw new RangeError(format);
  return parser;
}

function isReadable(read: () => unknown): boolean {
  try {
    read();
    return true;
  } catch {
    return false;
  }
}
