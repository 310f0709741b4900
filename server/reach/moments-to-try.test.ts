import { epochMs } from '@maplewall/shared/domain/units.ts';
import { expect, it } from 'vitest';
import { momentsToTry } from './moments-to-try.ts';

const at = (clock: string) => epochMs(Date.parse(`2026-11-20T${clock}Z`));
const tried = (moment: string, now: string) =>
  momentsToTry(at(moment), at(now)).map((each) => new Date(each).toISOString().slice(11, 23));

it('of a minute that runs the end of the one before is told, or of the one before that', () => {
  expect(tried('12:30:40', '12:30:55')).toEqual(['12:30:40.000', '12:29:59.999', '12:28:59.999']);
});

it('a minute that has only just ended may not be there either', () => {
  expect(tried('12:29:40', '12:30:02')).toEqual(['12:29:40.000', '12:28:59.999', '12:27:59.999']);
});

it('of an older moment nothing but that moment is told, and of one to come neither', () => {
  expect(tried('12:20:00', '12:30:00')).toEqual(['12:20:00.000']);
  expect(tried('12:30:40', '12:30:10')).toEqual(['12:30:40.000']);
});
