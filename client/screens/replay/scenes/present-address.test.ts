import { expect, it } from 'vitest';
import { presentAddress } from './present-address.ts';

it('a briefing is presented in the look and the language of the replay that it was made in', () => {
  expect(presentAddress('b1', '?lang=en&theme=light&speed=60&as=then', false)).toBe(
    '/briefing/b1?lang=en&theme=light',
  );
});

it('a mask for visitors is kept, also one that was put on by its key, and one that was taken off is not', () => {
  expect(presentAddress('b1', '?lang=en', true)).toBe('/briefing/b1?lang=en&visitor=on');
  expect(presentAddress('b1', '?visitor=on', false)).toBe('/briefing/b1?');
});
