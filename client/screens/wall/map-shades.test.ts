import { expect, it } from 'vitest';
import { unitFor } from '../../design/reading-size.ts';
import { VIEWS, wallLayout } from './layout.ts';
import { mapShades } from './map-shades.ts';

it.each([
  [3840, 2160],
  [1920, 1200],
  [7680, 2160],
])('the map is wholly hidden below every panel of %i × %i', (width, height) => {
  for (const view of VIEWS) {
    const layout = wallLayout(width, height, unitFor(width, height, undefined), view);
    const shades = mapShades(layout, width);
    if (shades === undefined) continue;
    const isHidden = (left: number, top: number, right: number, bottom: number): boolean =>
      right <= shades.left + 0.5 ||
      left >= width - shades.right - 0.5 ||
      bottom <= shades.top + 0.5 ||
      top >= height - shades.bottom - 0.5;
    const parts = [layout.top, layout.bottom, ...layout.panels.map(({ place }) => place)];
    for (const part of parts)
      expect(isHidden(part.left, part.top, part.left + part.width, part.top + part.height)).toBe(true);
  }
});
