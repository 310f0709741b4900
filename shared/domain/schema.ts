import { Type, type Static, type TSchema } from 'typebox';
import { Compile } from 'typebox/compile';
import type { Fault } from './fault.ts';
import { fault } from './fault.ts';

/**
 * The only file that names the schema library. A schema here is JSON Schema at run time, so it serves as the
 * type, as the check at the door and as the OpenAPI page.
 */
export { Type, type Static, type TSchema };

/**
 * Halves of characters (lone surrogates), which no UTF-8 can carry: SQLite keeps each as U+FFFD, so that two ids would
 * become one. Patterns are compiled with the flag `u`: whole characters outside the first plane are not meant.
 */
const HALVES = '\\ud800-\\udfff';

/** A string that carries a brand in its type. */
export const idSchema = <T extends string>(description: string) =>
  Type.Unsafe<T>(
    Type.String({
      minLength: 1,
      maxLength: 64,
      pattern: `^[^\\u0000-\\u001f\\u007f${HALVES}]+$`,
      description,
    }),
  );

/** Text for people: no control characters, bounded. */
export const textSchema = (maxLength: number, description: string) =>
  Type.String({
    minLength: 1,
    maxLength,
    pattern: `^[^\\u0000-\\u0008\\u000b-\\u001f\\u007f${HALVES}]*$`,
    description,
  });

/** One of the given words; the words stay a literal union in the type. */
export const wordSchema = <const T extends readonly string[]>(words: T, description: string) =>
  Type.Unsafe<T[number]>(Type.String({ enum: [...words], description }));

export type Parsed<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly faults: readonly Fault[] };

/**
 * Makes a parser from a schema. The parser never throws; a failure names each field that is wrong (at most
 * eight, so that a hostile body cannot make a large answer).
 */
export function parserOf<S extends TSchema>(schema: S): (value: unknown) => Parsed<Static<S>> {
  const compiled = Compile(schema);
  return (value) => {
    if (compiled.Check(value)) return { ok: true, value: value as Static<S> };
    const faults: Fault[] = [];
    for (const error of compiled.Errors(value)) {
      const place = error.instancePath.replace(/^\//, '').replaceAll('/', '.');
      for (const field of fieldsOf(error.keyword, error.params, place)) {
        const reason = REASONS[error.keyword] ?? error.message;
        if (faults.length < 8) faults.push(fault('request.invalid', field, { reason }));
      }
    }
    return { ok: false, faults };
  };
}

/** Where the library's own words say nothing to people: it lists all fields where one is missing, and calls an unknown one `false`. */
const REASONS: Readonly<Record<string, string>> = {
  boolean: 'this field is not known',
  required: 'it is missing',
};

/** A missing field is named itself, not the object that it belongs to; an unknown one is named once. */
function fieldsOf(keyword: string, params: object, place: string): readonly string[] {
  if (keyword === 'required' && 'requiredProperties' in params && Array.isArray(params.requiredProperties))
    return params.requiredProperties.map((name) => (place === '' ? String(name) : `${place}.${name}`));
  return keyword === 'additionalProperties' ? [] : [place];
}
