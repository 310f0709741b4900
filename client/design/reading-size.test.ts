import { describe, expect, it } from 'vitest';
import { isReadableFrom, leastFontPixels, SMALLEST_TEXT_UNITS, unitFor } from './reading-size.ts';

describe('sizes by the distance of the reader', () => {
  it('gives a figure 16 minutes of arc: 4.65 mm of height for each metre of distance', () => {
    const widthPixels = 3840;
    const pixel = 4.8 / widthPixels;
    const height = leastFontPixels({ widthMetres: 4.8, farthestMetres: 8 }, widthPixels) * 0.733 * pixel;
    expect(height).toBeCloseTo(8 * 0.004654, 5);
  });

  it('keeps the sizes of the design where they are large enough', () => {
    expect(unitFor(3840, 2160, { widthMetres: 4.8, farthestMetres: 4 })).toBe(1);
    expect(unitFor(3840, 2160, undefined)).toBe(1);
  });

  it('enlarges everything where the seats are far, and never a text below the least', () => {
    for (const farthestMetres of [6, 8, 10, 12])
      for (const width of [1920, 3840, 7680]) {
        const room = { widthMetres: 5, farthestMetres };
        const unit = unitFor(width, (width * 9) / 16, room);
        expect(unit * SMALLEST_TEXT_UNITS).toBeGreaterThanOrEqual(leastFontPixels(room, width) - 1e-9);
      }
    expect(unitFor(3840, 2160, { widthMetres: 4.8, farthestMetres: 15 })).toBeGreaterThan(2);
  });

  it('says when a picture is too small to be read from the farthest seat', () => {
    expect(isReadableFrom({ widthMetres: 4.8, farthestMetres: 12 }, 3840, 2160)).toBe(true);
    expect(isReadableFrom({ widthMetres: 4.8, farthestMetres: 40 }, 3840, 2160)).toBe(false);
  });
});
