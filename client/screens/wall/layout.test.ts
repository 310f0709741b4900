import { describe, expect, it } from 'vitest';
import { wallLayout, type Rectangle } from './layout.ts';

const apart = (a: Rectangle, b: Rectangle): boolean =>
  a.left + a.width <= b.left + 0.5 ||
  b.left + b.width <= a.left + 0.5 ||
  a.top + a.height <= b.top + 0.5 ||
  b.top + b.height <= a.top + 0.5;

describe.each([
  [3840, 2160],
  [1920, 1080],
  [2560, 1080],
  [5760, 1080],
  [7680, 2160],
])('a wall of %i × %i', (width, height) => {
  const layout = wallLayout(width, height);
  const parts = Object.values(layout);

  it('has no part over another', () => {
    for (const [index, a] of parts.entries())
      for (const b of parts.slice(index + 1)) expect(apart(a, b)).toBe(true);
  });

  it('has every part on the screen and leaves the map more than a third of the width', () => {
    for (const { left, top, width: wide, height: high } of parts) {
      expect(left).toBeGreaterThanOrEqual(0);
      expect(top).toBeGreaterThanOrEqual(0);
      expect(left + wide).toBeLessThanOrEqual(width + 0.5);
      expect(top + high).toBeLessThanOrEqual(height + 0.5);
      expect(wide).toBeGreaterThan(0);
      expect(high).toBeGreaterThan(0);
    }
    expect(layout.free.width).toBeGreaterThan(width / 3);
  });
});

describe('a wider wall', () => {
  it('gives the map more and its columns no larger size', () => {
    const narrow = wallLayout(1920, 1080);
    const wide = wallLayout(5760, 1080);
    expect(wide.left.width).toBe(narrow.left.width);
    expect(wide.free.width).toBeGreaterThan(narrow.free.width + 3_000);
  });
});
