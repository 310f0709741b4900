import { describe, expect, it } from 'vitest';
import { percentWord, pointsWord } from './percent-words.ts';

describe('shares in words', () => {
  it('have a tenth only where they are small, and a dash where nothing lies', () => {
    expect([0, 0.0123, 0.0994, 0.0996, 0.416, 1, null].map(percentWord)).toEqual([
      '0.0',
      '1.2',
      '9.9',
      '10',
      '42',
      '100',
      '–',
    ]);
  });

  it('differ by points with their sign, and by nothing where one is not known', () => {
    expect(pointsWord(0.416, 0.385)).toBe('+3.1');
    expect(pointsWord(0.385, 0.416)).toBe('−3.1');
    expect(pointsWord(0.4, 0.40002)).toBe('±0');
    expect(pointsWord(0.4, null)).toBe('');
  });
});
