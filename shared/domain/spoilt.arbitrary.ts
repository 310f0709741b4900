import * as fc from 'fast-check';

/** What no field of ours is, or only by luck. */
export const absurd: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown[]>(
    null,
    true,
    '',
    ' ',
    '\u0000',
    '\u007f',
    '\ud800',
    'x'.repeat(300),
    '__proto__',
    'constructor',
    0,
    -0,
    -1,
    0.1,
    1e308,
    -1e308,
    Number.MAX_SAFE_INTEGER,
    2 ** 31,
    2 ** 32,
    [],
    {},
    [[]],
    { length: 1 },
    [null],
    Date.UTC(2026, 10, 23, 8, 30, 10),
    '2026-11-23T08:30:10Z',
  ),
  fc.jsonValue({ maxDepth: 4 }),
  fc.string({ unit: 'binary', maxLength: 8 }),
  fc.double(),
);

/** A JSON value with one to three places in it changed, taken out, or joined by an unknown one. */
export function spoilt(good: unknown): fc.Arbitrary<unknown> {
  const change = fc.record({
    where: fc.nat(),
    how: fc.nat(3),
    by: absurd,
    name: fc.string({ maxLength: 12 }),
  });
  return fc.array(change, { minLength: 1, maxLength: 3 }).map((changes) => {
    let value: unknown = JSON.parse(JSON.stringify(good));
    for (const { where, how, by, name } of changes) value = changed(value, where, how, by, name);
    return value;
  });
}

function changed(value: unknown, where: number, how: number, by: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return by;
  const keys = Object.keys(value);
  if (where % 7 === 6 || keys.length === 0) {
    if (!Array.isArray(value))
      Object.defineProperty(value, name, { value: by, enumerable: true, writable: true, configurable: true });
    return value;
  }
  const key = keys[where % keys.length] ?? '';
  const inside = value as Record<string, unknown>;
  if (how === 0) Reflect.deleteProperty(inside, key);
  else if (how === 1) inside[key] = by;
  else inside[key] = changed(inside[key], Math.floor(where / 7), how - 1, by, name);
  return value;
}

/** Bytes with a place changed, cut off there, or begun anew there. */
export function torn(bytes: fc.Arbitrary<Uint8Array>): fc.Arbitrary<Uint8Array> {
  return fc.tuple(bytes, fc.nat(), fc.nat(255), fc.nat(2)).map(([whole, at, byte, how]) => {
    const place = whole.length === 0 ? 0 : at % whole.length;
    const before = whole.subarray(0, place);
    if (how === 0) return before;
    if (how === 1) return Uint8Array.from([...before, ...whole]);
    const copy = Uint8Array.from(whole);
    copy[place] = byte;
    return copy;
  });
}
