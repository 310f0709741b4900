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
