import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { faultSentence } from '@maplewall/shared/domain/fault.ts';
import { parseMapping } from './mapping.ts';

const COMMON = {
  formatVersion: 1,
  time: { format: 'iso', zone: 'UTC' },
  coordinateSystem: 'WGS84',
  coordinates: { lng: '{LON}', lat: '{LAT}' },
};
const EVENTS = {
  ...COMMON,
  what: 'events',
  records: [{ kind: 'incident.cancelled', at: '{t}', key: '{k}', fields: { incidentId: '{k}' } }],
};
const POSITIONS = { ...COMMON, what: 'positions', responderId: '{who}', fixAt: '{t}' };

function sentences(mapping: unknown): readonly string[] {
  const parsed = parseMapping(mapping);
  return parsed.ok ? [] : parsed.faults.map((found) => faultSentence(found, 'en'));
}

describe('a mapping that is not valid', () => {
  it('gets the faults of the kind that it names, and of no other', () => {
    expect(sentences({ ...EVENTS, records: undefined, extra: 1 })).toEqual([
      'Field extra is not valid: this field is not known.',
      'Field records is not valid: must be array.',
    ]);
    const { fixAt: _, ...without } = POSITIONS;
    expect(sentences(without)).toEqual(['Field fixAt is not valid: it is missing.']);
  });

  it.each([[{}], [{ ...EVENTS, what: 'incidents' }], [{ ...POSITIONS, what: 5 }]])(
    'is told once which kinds there are, if it names none of them: %j',
    (mapping) => {
      expect(sentences(mapping)).toEqual(["Field what is not valid: must be 'events' or 'positions'."]);
    },
  );

  it.each([[5], [null], [[]]])('is told that it must be an object: %j', (mapping) => {
    expect(sentences(mapping)).toEqual(['Not valid as a whole: must be an object.']);
  });
});

describe('the figures of a positions mapping', () => {
  it.each(['speed', 'course', 'accuracy', 'battery'])(
    'are refused as text, with what to write instead: %s',
    (field) => {
      expect(sentences({ ...POSITIONS, [field]: '{SOG}' })).toEqual([
        `Field ${field} is not valid: must be a number; write {"number": "{SOG}"}.`,
      ]);
    },
  );

  it('are refused as a coordinate', () => {
    expect(sentences({ ...POSITIONS, speed: { coordinate: 'lng' } }).join()).toContain('Field speed');
  });

  it('are refused from a table that is missing, or holds what is no number', () => {
    const tables = { course: { N: 0, E: 'east' } };
    expect(sentences({ ...POSITIONS, tables, course: { table: 'heading', of: '{C}' } })).toEqual([
      "Field course is not valid: the mapping has no table 'heading'.",
    ]);
    expect(sentences({ ...POSITIONS, tables, course: { table: 'course', of: '{C}' } })).toEqual([
      "Field course is not valid: table 'course' must hold numbers only, and 'E' is 'east'.",
    ]);
  });

  it('are taken as numbers and from tables of numbers', () => {
    expect(
      sentences({
        ...POSITIONS,
        tables: { course: { N: 0, E: 90 } },
        speed: { number: '{SOG}', times: 0.5 },
        course: { table: 'course', of: '{C}' },
      }),
    ).toEqual([]);
  });
});

describe('a value that may have several forms', () => {
  const figure = 'must be {"number": "{Column}"} or {"table": "name", "of": "{Column}"}';
  const value =
    'must be a text, {"number": "{Column}"}, {"table": "name", "of": "{Column}"} or {"coordinate": "lng" or "lat"}';
  const coordinates =
    'must be {"lng": "{Column}", "lat": "{Column}"} or {"of": "{Column}", "pattern": "a regular expression"}';
  const withField = (field: unknown) => ({
    ...EVENTS,
    records: [{ ...EVENTS.records[0], fields: { incidentId: '{k}', 'a/b': field } }],
  });

  it.each([
    ['a figure', { ...POSITIONS, speed: {} }, `Field speed is not valid: ${figure}.`],
    ['a field', withField({ coordinate: null }), `Field records.0.fields.a/b is not valid: ${value}.`],
    ['a field', withField({ coordinate: 'height' }), `Field records.0.fields.a/b is not valid: ${value}.`],
    ['coordinates', { ...EVENTS, coordinates: {} }, `Field coordinates is not valid: ${coordinates}.`],
    [
      'a meaning',
      { ...EVENTS, tables: { category: { 'n/a': null, '1': 'fire' } } },
      'Field tables.category.n/a is not valid: must be a text or a number.',
    ],
  ])('is told in one sentence which there are: %s', (_, mapping, sentence) => {
    expect(sentences(mapping)).toEqual([sentence]);
  });

  it('hides no fault that stands elsewhere', () => {
    const { fixAt: _, ...without } = POSITIONS;
    expect(sentences({ ...without, speed: {}, extra: 1 })).toEqual([
      `Field speed is not valid: ${figure}.`,
      'Field fixAt is not valid: it is missing.',
      'Field extra is not valid: this field is not known.',
    ]);
  });
});

describe('a text', () => {
  const reason = 'has a brace without the other; a column is written {Column}';

  it.each([
    ['responderId', { ...POSITIONS, responderId: '{MMSI' }],
    ['fixAt', { ...POSITIONS, fixAt: 't}' }],
    ['coordinates.lat', { ...POSITIONS, coordinates: { lng: '{LON}', lat: '{LAT' } }],
    ['speed.number', { ...POSITIONS, speed: { number: '{SOG' } }],
    ['records.0.key', { ...EVENTS, records: [{ ...EVENTS.records[0], key: '{a}-{b' }] }],
    [
      'records.0.fields.incidentId',
      { ...EVENTS, records: [{ ...EVENTS.records[0], fields: { incidentId: '{}' } }] },
    ],
  ])('with a brace that names no column is refused, not filled in as it stands: %s', (field, mapping) => {
    expect(sentences(mapping)).toEqual([`Field ${field} is not valid: ${reason}.`]);
  });
});

it.each(['(?<lng>.)', '(.),(.)', '(?<lat>.),(?<lon>.)'])(
  'a pattern of coordinates that does not name both is refused: %s',
  (pattern) => {
    expect(sentences({ ...EVENTS, coordinates: { of: '{where}', pattern } })).toEqual([
      'Field coordinates.pattern is not valid: must have the groups (?<lng>…) and (?<lat>…).',
    ]);
  },
);

it.each(['events', 'positions'])(
  'docs/spec/import.md explains each word that a mapping of %s needs',
  async (what) => {
    const document = await readFile(new URL('../../../docs/spec/import.md', import.meta.url), 'utf8');
    const parsed = parseMapping({ what });
    const words = parsed.ok ? [] : parsed.faults.map(({ field }) => field);
    expect(words).toContain('formatVersion');
    expect(words.filter((word) => !document.includes(`\`${word}`))).toEqual([]);
  },
);
