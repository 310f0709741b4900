import { describe, expect, it } from 'vitest';
import { figureSide } from './option.ts';

describe('the newest figure of the day', () => {
  it('stands above its point, and beside it where it would run into the word for now', () => {
    const day = [2, 3, 4, 10, 20, 30, 28];
    expect(figureSide(3, day, undefined)).toBe('top');
    expect(figureSide(6, day, undefined)).toBe('left');
    expect(figureSide(6, day, { high: [60] })).toBe('top');
  });

  it('stands above in the first hours, whatever it is, because there is no room beside it', () => {
    expect(figureSide(1, [1, 9], undefined)).toBe('top');
    expect(figureSide(undefined, [], undefined)).toBe('top');
  });
});
