import { fault, type Fault } from '@maplewall/shared/domain/fault.ts';
import { parserOf, type Parsed } from '@maplewall/shared/domain/schema.ts';
import { coordinatesSchema, FIGURES, figureSchema, meaningSchema, valueSchema } from './mapping-form.ts';

/** Something of a mapping that may have one of several forms. */
interface Choice {
  readonly field: string;
  readonly value: unknown;
  readonly parse: (value: unknown) => Parsed<unknown>;
  /** Which forms there are, as the reason of a fault. */
  readonly forms: string;
}

const NUMBER_OR_TABLE = ['{"number": "{Column}"}', '{"table": "name", "of": "{Column}"}'] as const;
const COORDINATES = {
  parse: parserOf(coordinatesSchema),
  forms:
    'must be {"lng": "{Column}", "lat": "{Column}"} or {"of": "{Column}", "pattern": "a regular expression"}',
};
const FIGURE = { parse: parserOf(figureSchema), forms: `must be ${NUMBER_OR_TABLE.join(' or ')}` };
const VALUE = {
  parse: parserOf(valueSchema),
  forms: `must be a text, ${NUMBER_OR_TABLE.join(', ')} or {"coordinate": "lng" or "lat"}`,
};
const MEANING = { parse: parserOf(meaningSchema), forms: 'must be a text or a number' };

/** As many as a parser tells of. */
const MOST_FAULTS = 8;

/** The schema library says of each form what keeps a value from having it. Here one sentence says which forms there are. */
export function inOneSentence(
  mapping: Readonly<Record<string, unknown>>,
  faults: readonly Fault[],
): readonly Fault[] {
  const wrong = choicesOf(mapping).filter(({ value, parse }) => !parse(value).ok);
  const others = faults.filter(({ field }) => {
    // As JSON pointers write names.
    const name = field.replaceAll('~1', '/').replaceAll('~0', '~');
    return !wrong.some((choice) => name === choice.field || name.startsWith(`${choice.field}.`));
  });
  const told = wrong.map((choice) => fault('request.invalid', choice.field, { reason: formsFor(choice) }));
  return [...told, ...others].slice(0, MOST_FAULTS);
}

/** A text where a number must be made is a mistake that many make: it is told what to write. */
const formsFor = ({ value, parse, forms }: Choice): string =>
  parse === FIGURE.parse && typeof value === 'string'
    ? `must be a number; write {"number": ${JSON.stringify(value)}}`
    : forms;

function choicesOf({ coordinates, tables, records, ...rest }: Readonly<Record<string, unknown>>): Choice[] {
  const choices: Choice[] =
    coordinates === undefined ? [] : [choice('coordinates', coordinates, COORDINATES)];
  if (rest['what'] === 'positions')
    for (const name of FIGURES) if (rest[name] !== undefined) choices.push(choice(name, rest[name], FIGURE));
  for (const [index, record] of (Array.isArray(records) ? (records as unknown[]) : []).entries())
    for (const [name, value] of entriesOf(entriesOf(record).find(([key]) => key === 'fields')?.[1]))
      choices.push(choice(`records.${index}.fields.${name}`, value, VALUE));
  for (const [table, meanings] of entriesOf(tables))
    for (const [code, meaning] of entriesOf(meanings))
      choices.push(choice(`tables.${table}.${code}`, meaning, MEANING));
  return choices;
}

const choice = (field: string, value: unknown, kind: Pick<Choice, 'parse' | 'forms'>): Choice => ({
  field,
  value,
  ...kind,
});

const entriesOf = (value: unknown): readonly [string, unknown][] =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.entries(value) : [];
