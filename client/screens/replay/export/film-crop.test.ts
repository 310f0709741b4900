import fc from 'fast-check';
import { expect, it } from 'vitest';
import { filmCrop } from './film-crop.ts';

const SCREEN = { width: 1_920, height: 1_080 };

it('shows what the panels leave free, with as much beside it as the form of a film needs', () => {
  const crop = filmCrop({ left: 480, top: 60, width: 960, height: 720 }, SCREEN, 16 / 9);
  expect(crop).toEqual({ left: 320, top: 60, width: 1_280, height: 720 });
});

it('lies within the canvas and has the form of the film, whatever is free', () => {
  const share = fc.double({ min: 0, max: 1, noNaN: true });
  fc.assert(
    fc.property(share, share, share, share, fc.constantFrom(16 / 9, 1, 32 / 9), (x, y, w, h, form) => {
      const width = Math.max(1, w * SCREEN.width);
      const height = Math.max(1, h * SCREEN.height);
      const free = { left: x * (SCREEN.width - width), top: y * (SCREEN.height - height), width, height };
      const crop = filmCrop(free, SCREEN, form);
      expect(crop.width / crop.height).toBeCloseTo(form, 6);
      expect(crop.left).toBeGreaterThanOrEqual(0);
      expect(crop.top).toBeGreaterThanOrEqual(0);
      expect(crop.left + crop.width).toBeLessThanOrEqual(SCREEN.width + 1e-6);
      expect(crop.top + crop.height).toBeLessThanOrEqual(SCREEN.height + 1e-6);
    }),
  );
});
