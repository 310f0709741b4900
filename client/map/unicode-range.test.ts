import { describe, expect, it } from 'vitest';
import { rangesOf } from './unicode-range.ts';

describe('the unicode-range of a font file', () => {
  it('is read as ranges, single characters and wild cards', () => {
    expect(rangesOf('U+30-39, u+79D2,U+4??,U+??')).toEqual([
      { first: 0x30, last: 0x39 },
      { first: 0x79d2, last: 0x79d2 },
      { first: 0x400, last: 0x4ff },
      { first: 0, last: 0xff },
    ]);
  });

  it('may hold nonsense, which is left out', () => {
    expect(rangesOf('')).toEqual([]);
    expect(rangesOf('U+, 30-39, U+39-30, U+zz, U+41')).toEqual([{ first: 0x41, last: 0x41 }]);
  });
});
