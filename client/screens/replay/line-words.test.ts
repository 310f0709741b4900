import { expect, it } from 'vitest';
import { flagWords, markWords } from './line-words.ts';

it('a mark of the line says when, what and where, and when it came if that was late', () => {
  expect(markWords('20:30:05', 'help', '新美路', undefined, false)).toBe('20:30:05 help 新美路');
  expect(markWords('20:30:05', 'help', '新美路', 'came late, at 20:40:00', false)).toBe(
    '20:30:05 help 新美路 (came late, at 20:40:00)',
  );
});

it('for visitors neither an address nor what somebody wrote stands under the pointer', () => {
  expect(markWords('20:30:05', 'help', '新美路', undefined, true)).toBe('20:30:05 help');
  expect(flagWords('20:31:00', '李四 was late', true)).toBe('20:31:00');
  expect(flagWords('20:31:00', 'post empty', false)).toBe('20:31:00 post empty');
});
