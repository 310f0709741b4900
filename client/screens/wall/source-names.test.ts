import { expect, it } from 'vitest';
import { sourceNames } from './source-names.ts';

it('sources are called by what they bring, and by their own name as well where two bring the same', () => {
  const names = sourceNames(['110-east', 'phones', '110-west', 'weather'], (subject) =>
    subject.toUpperCase(),
  );
  expect(names).toEqual(['INCIDENTS 110-east', 'POSITIONS', 'INCIDENTS 110-west', 'weather']);
});
