import { expect, it } from 'vitest';
import { byteWords } from './byte-words.ts';

it('bytes are said in the unit that leaves two or three digits', () => {
  expect(
    [0, 999, 1_000, 25_300, 4_000_000, 812_345_678, 1.5e12, 3e18].map((bytes) => byteWords(bytes, 'en')),
  ).toEqual(['0 B', '999 B', '1 kB', '25.3 kB', '4 MB', '812 MB', '1.5 TB', '3,000 PB']);
});
