import { describe, expect, it } from 'vitest';
import { oklch, toCss, toRgb } from './oklch.ts';

describe('colours', () => {
  it('agree with the published values for the corners of sRGB', () => {
    // CSS Color 4 gives these as oklch() of white, red, lime and blue.
    expect(toCss(oklch(1, 0, 0))).toBe('#ffffff');
    expect(toCss(oklch(0, 0, 0))).toBe('#000000');
    expect(toCss(oklch(0.627955, 0.257683, 29.234))).toBe('#ff0000');
    expect(toCss(oklch(0.86644, 0.294827, 142.495))).toBe('#00ff00');
    expect(toCss(oklch(0.452014, 0.313214, 264.052))).toBe('#0000ff');
  });

  it('are clipped to what a screen can show', () => {
    for (const part of toRgb(oklch(0.9, 0.4, 150))) {
      expect(part).toBeGreaterThanOrEqual(0);
      expect(part).toBeLessThanOrEqual(1);
    }
  });

  it('carry an opacity where there is one', () => {
    expect(toCss(oklch(1, 0, 0), 0.5)).toBe('rgba(255, 255, 255, 0.5)');
  });
});
