import { expect, it } from 'vitest';
import { shortNames } from './short-names.ts';

it.each([
  [
    ['城东派出所', '城中派出所'],
    ['城东', '城中'],
  ],
  [
    ['Chengdong Precinct', 'Lupu Precinct'],
    ['Chengdong', 'Lupu'],
  ],
  [
    ['Eastend', 'Southend'],
    ['Eastend', 'Southend'],
  ],
  [['城东派出所'], ['城东派出所']],
  [
    ['派出所', '城东派出所'],
    ['派', '城东派'],
  ],
  [[], []],
])('%j are called %j for short', (names, short) => {
  expect(shortNames(names)).toEqual(short);
});
