import { describe, expect, it } from 'vitest';
import { picturesPerSecond } from './frame-pace.ts';

describe('the pace of pictures', () => {
  it('is slow for people on foot seen with the whole city', () => {
    expect(picturesPerSecond(2, 10)).toBe(2);
  });

  it('grows with the speed and the zoom, up to sixty a second', () => {
    expect(picturesPerSecond(15, 10)).toBeCloseTo(5);
    expect(picturesPerSecond(15, 1)).toBeCloseTo(50);
    expect(picturesPerSecond(15 * 600, 10)).toBe(60);
    expect(picturesPerSecond(1, 0)).toBe(60);
  });
});
