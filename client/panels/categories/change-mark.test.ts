import { expect, it } from 'vitest';
import { changeMark } from './option.ts';

it.each([
  [40, 20, '▲100 %', 'twice as many of twenty'],
  [13, 10, '', 'three more than ten: chance'],
  [60, 100, '▼40 %', 'forty fewer than a hundred'],
  [9, 2, '', 'more than two, of which nothing is told'],
  [9, undefined, '', 'more than nobody knows'],
  [0, 9, '▼100 %', 'none where there were nine'],
] as const)('%s against %s is marked "%s": %4$s', (now, before, mark, _why) => {
  expect(changeMark(now, before)).toBe(mark);
});
