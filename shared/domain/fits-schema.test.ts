import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { eventSchemas, type EventKind } from './event.ts';
import { fitsSchema, KNOWN_KEYWORDS } from './fits-schema.ts';
import { parserOf } from './schema.ts';

interface Schema {
  readonly type: string;
  readonly const?: string;
  readonly enum?: readonly string[];
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
}

const KINDS = Object.keys(eventSchemas) as EventKind[];
const schemaOf = (kind: EventKind): Schema => eventSchemas[kind] as unknown as Schema;

/** Things that are wrong for most fields, and right for some. */
const anything = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    undefined,
    '',
    0,
    -1,
    0.5,
    1,
    101,
    Number.NaN,
    Infinity,
    1e300,
    '\u0000',
    '\n',
    '\u007f',
  ),
  fc.constantFrom<unknown>(
    true,
    [],
    {},
    'x'.repeat(64),
    'x'.repeat(65),
    '𠮷'.repeat(64),
    '𠮷'.repeat(65),
    '𠮷'.repeat(201),
  ),
  fc.string({ unit: 'binary', maxLength: 70 }),
  fc.double(),
  fc.anything(),
);

/** Mostly what the schema asks for, now and then anything. */
function near(schema: Schema): fc.Arbitrary<unknown> {
  return fc.oneof({ weight: 14, arbitrary: fitting(schema) }, { weight: 1, arbitrary: anything });
}

function fitting(schema: Schema): fc.Arbitrary<unknown> {
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum);
  const { minimum: min = -1000, maximum: max = 1000 } = schema;
  switch (schema.type) {
    case 'string':
      return fc.string({ minLength: 1, maxLength: Math.min(80, schema.maxLength ?? 80) });
    case 'integer':
      return fc.oneof(fc.integer({ min, max }), fc.constantFrom(min, max, min - 1, max + 1));
    case 'number':
      return fc.oneof(fc.double({ min, max, noNaN: true }), fc.constantFrom(min, max, min - 1, max + 1));
    case 'array':
      return fc.array(near(schema.items ?? { type: 'null' }), { minLength: 1, maxLength: 4 });
    default: {
      const fields = Object.entries(schema.properties ?? {}).map(([name, each]) => [name, near(each)]);
      const required = fc.subarray([...(schema.required ?? [])], {
        minLength: (schema.required ?? []).length - 1,
      });
      return fc
        .tuple(
          fc.record(Object.fromEntries(fields) as Record<string, fc.Arbitrary<unknown>>, {
            requiredKeys: [],
          }),
          fc.record(Object.fromEntries(fields) as Record<string, fc.Arbitrary<unknown>>),
          fc.oneof(
            { weight: 6, arbitrary: fc.constant([...(schema.required ?? [])]) },
            { weight: 1, arbitrary: required },
          ),
          fc.oneof(
            { weight: 9, arbitrary: fc.constant({}) },
            { weight: 1, arbitrary: fc.constant({ extra: 1 }) },
          ),
        )
        .map(([some, all, names, more]) => ({
          ...Object.fromEntries(
            Object.entries(some).filter(([name]) => !(schema.required ?? []).includes(name)),
          ),
          ...Object.fromEntries(names.map((name) => [name, all[name]])),
          ...more,
        }));
    }
  }
}

const keywordsOf = (schema: Schema): string[] => [
  ...Object.keys(schema),
  ...Object.values(schema.properties ?? {}).flatMap(keywordsOf),
  ...(schema.items === undefined ? [] : keywordsOf(schema.items)),
];

describe('a value and the schema of an event', () => {
  it('no event schema uses a keyword that the short check passes over', () => {
    for (const kind of KINDS)
      for (const keyword of keywordsOf(schemaOf(kind))) expect(KNOWN_KEYWORDS).toContain(keyword);
  });

  it.each(KINDS)('%s: the short check and the parser with reasons answer alike', (kind) => {
    const parse = parserOf(eventSchemas[kind]);
    const answers = { fit: 0, unfit: 0 };
    fc.assert(
      fc.property(fitting(schemaOf(kind)), (value) => {
        const { ok } = parse(value);
        answers[ok ? 'fit' : 'unfit'] += 1;
        expect(fitsSchema(eventSchemas[kind], value)).toBe(ok);
      }),
      { seed: 20_261_123, numRuns: 250 },
    );
    expect(Math.min(answers.fit, answers.unfit)).toBeGreaterThan(10);
  });

  it('anything at all is no event', () => {
    fc.assert(
      fc.property(anything, fc.constantFrom(...KINDS), (value, kind) => {
        expect(fitsSchema(eventSchemas[kind], value)).toBe(parserOf(eventSchemas[kind])(value).ok);
      }),
      { seed: 7, numRuns: 300 },
    );
  });
});
